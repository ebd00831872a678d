namespace Portable.Runtime;

/// <content>What must be there before the first invocation.</content>
public sealed partial class PortableApp
{
    private readonly bool _exports;
    private readonly SemaphoreSlim _starting = new(1, 1);
    private volatile bool _started;

    /// <summary>
    /// Makes what must be there before the first invocation: the exporter of telemetry, what policies of HTTP functions need, and the secrets. Hosts call it before they take
    /// work, so that a process that cannot work says so at its start; without them, the first invocation does.
    /// </summary>
    /// <param name="function">The one function that the process serves; <see langword="null"/> for all.</param>
    /// <param name="buildServices">Whether the startup class runs now. Containers do it before they take requests; a Lambda function when it first needs a service.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">A setting or a secret is missing; the message names it and says where it is looked for.</exception>
    public async ValueTask StartAsync(FunctionDefinition? function = null, bool buildServices = false, CancellationToken cancellationToken = default)
    {
        if (!_started)
        {
            await _starting.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                if (!_started)
                {
                    StartExporter();
                    if (buildServices && _configure is not null)
                    {
                        _ = Services;
                    }

                    PreparePolicies(function);
                    _started = true;
                }
            }
            finally
            {
                _starting.Release();
            }
        }

        if (Secrets is { } secrets)
        {
            await secrets.LoadAsync(function, cancellationToken).ConfigureAwait(false);
        }
    }

    private void PreparePolicies(FunctionDefinition? only)
    {
        foreach (var function in Functions)
        {
            if (function is HttpFunction { Authorization: { } policy } && (only is null || only == function))
            {
                policy.Prepare(this);
            }
        }
    }

    /// <summary>Whether nothing has to be done before an invocation, which is so for most applications and most invocations.</summary>
    internal bool IsReady(FunctionDefinition function) => (_started || !_exports) && (Secrets is null || Secrets.IsFresh(function));
}
