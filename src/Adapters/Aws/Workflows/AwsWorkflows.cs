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

    /// <summary>Gives signs of life while a step runs, three in the time that the engine allows, and completes its task.</summary>
    internal async ValueTask CompleteAsync(string token, TimeSpan heartbeat, Task<StepOutcome> work, TimeProvider time)
    {
        if (heartbeat > TimeSpan.Zero)
        {
            using var ended = new CancellationTokenSource();
            var signs = SignsAsync(token, heartbeat / 3, time, ended.Token);
            await work.ConfigureAwait(false);
            await ended.CancelAsync().ConfigureAwait(false);
            await signs.ConfigureAwait(false);
        }

        var outcome = await work.ConfigureAwait(false);
        _ = outcome.Failure is { } failure
            ? await Tokens.FailAsync(token, failure, CancellationToken.None).ConfigureAwait(false)
            : await Tokens.DeliverAsync(token, System.Text.Encoding.UTF8.GetString(outcome.Output.Span), CancellationToken.None).ConfigureAwait(false);
    }

    private async Task SignsAsync(string token, TimeSpan interval, TimeProvider time, CancellationToken ended)
    {
        try
        {
            while (true)
            {
                await Task.Delay(interval, time, ended).ConfigureAwait(false);
                await Tokens.HeartbeatAsync(token, ended).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The step has ended.
        }
        catch (Exception e) when (e is HttpRequestException or AwsApiException)
        {
            // The engine will notice the silence; the step itself goes on and says how it ended.
        }
    }

    internal EventMailboxes Mailboxes(PortableApp app) => new(_store ?? new DynamoDbMailboxStore(Api, app.Time), Tokens);
}
