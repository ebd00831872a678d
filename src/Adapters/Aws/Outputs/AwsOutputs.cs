using Portable.Aws.Services;
using Portable.Runtime;

namespace Portable.Aws;

/// <summary>
/// The way to SQS, EventBridge and S3 with the function's own role. A queue is found by its URL in <c>PORTABLE_QUEUE_{NAME}</c> (<c>orders-paid</c> is
/// <c>PORTABLE_QUEUE_ORDERS_PAID</c>), a bucket by its name in <c>PORTABLE_BUCKET_{NAME}</c> or its own, the bus by <c>PORTABLE_EVENTS_BUS</c> (<c>default</c> without it).
/// The role needs <c>sqs:SendMessage</c>, <c>events:PutEvents</c>, <c>s3:GetObject</c>, <c>s3:PutObject</c>, <c>s3:DeleteObject</c> and, so that a missing object is told from a
/// forbidden one, <c>s3:ListBucket</c>, as far as the application uses them.
/// </summary>
public sealed class AwsOutputs : IOutputBackend
{
    private readonly Lazy<AwsApi> _api;
    private readonly Func<string, string?> _environment;

    /// <summary>The way to the account that the function runs in.</summary>
    public AwsOutputs()
        : this(static () => new AwsApi(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }), TimeProvider.System), Environment.GetEnvironmentVariable)
    {
    }

    internal AwsOutputs(Func<AwsApi> api, Func<string, string?> environment) => (_api, _environment) = (new(api), environment);

    /// <inheritdoc/>
    public Task<string> SendAsync(string queue, OutgoingMessage message, CancellationToken cancellationToken) =>
        new SqsSender(_api.Value, AddressOf(queue)).SendAsync(queue, message, cancellationToken);

    /// <inheritdoc/>
    public Task PublishAsync(OutgoingEvent published, CancellationToken cancellationToken) =>
        new EventBridgePublisher(_api.Value, Setting("PORTABLE_EVENTS_BUS") ?? "default").PublishAsync(published, cancellationToken);

    /// <inheritdoc/>
    public IBlobStore Bucket(string name) => new S3Bucket(_api, name, Setting(VariableOf("PORTABLE_BUCKET_", name)) ?? name, _environment);

    /// <summary>What went wrong, for whoever sends.</summary>
    internal static OutputException Failed(string what, Exception cause) => new($"{what}: {cause.Message}", cause);

    private string AddressOf(string queue) =>
        Setting(VariableOf("PORTABLE_QUEUE_", queue))
        ?? throw new OutputException($"The queue '{queue}' has no address: set {VariableOf("PORTABLE_QUEUE_", queue)} to its URL, https://sqs.REGION.amazonaws.com/ACCOUNT/NAME.");

    private string? Setting(string variable) => _environment(variable) is { Length: > 0 } value ? value : null;

    private static string VariableOf(string prefix, string name) => prefix + name.Replace('-', '_').ToUpperInvariant();
}
