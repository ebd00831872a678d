using Portable.Aws.Services;
using Portable.Runtime;

namespace Portable.Aws.Workflows;

/// <summary>
/// The way to Step Functions. Runs are started by the ARN in <c>PORTABLE_WORKFLOW_{NAME}_ARN</c> (<c>order-fulfilment</c> is
/// <c>PORTABLE_WORKFLOW_ORDER_FULFILMENT_ARN</c>); events are kept in the DynamoDB table <c>PORTABLE_EVENTS_TABLE</c>. The function's role
/// needs <c>states:StartExecution</c>, <c>states:DescribeExecution</c>, <c>states:SendTaskSuccess</c>, <c>states:SendTaskFailure</c>,
/// <c>states:SendTaskHeartbeat</c>, <c>dynamodb:GetItem</c> and <c>dynamodb:PutItem</c>, as far as it uses them.
/// </summary>
public sealed class AwsWorkflows : IWorkflowBackend, IEventWaits
{
    private readonly Lazy<AwsApi> _api;
    private readonly IMailboxStore? _store;

    /// <summary>The way to the account that the function runs in.</summary>
    public AwsWorkflows() => _api = new(static () => new AwsApi(new HttpClient(), TimeProvider.System));

    internal AwsWorkflows(AwsApi api, IMailboxStore store) => (_api, _store) = (new(() => api), store);

    internal AwsApi Api => _api.Value;

    internal TaskTokens Tokens => new(Api);

    /// <inheritdoc/>
    public IWorkflowClient CreateClient(PortableApp app) => new AwsWorkflowClient(app.Workflows, Api, Mailboxes(app));

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> WaitAsync(PortableApp app, EventWaitRequest request, CancellationToken cancellationToken)
    {
        if (await Mailboxes(app).WaitAsync(EventMailboxes.KeyOf(request.RunId, request.Name), request.Waiter, cancellationToken).ConfigureAwait(false) is { } payload)
        {
            await Tokens.DeliverAsync(request.Waiter, payload, cancellationToken).ConfigureAwait(false);
        }

        return "null"u8.ToArray();
    }

    internal EventMailboxes Mailboxes(PortableApp app) => new(_store ?? new DynamoDbMailboxStore(Api, app.Time), Tokens);
}
