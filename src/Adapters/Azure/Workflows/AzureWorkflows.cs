using Portable.Runtime;

namespace Portable.Azure.Workflows;

/// <summary>
/// The way to Durable Functions: the extension's own HTTP API on this function app. <c>PORTABLE_DURABLE_URL</c> is the address of the app
/// (<c>https://{WEBSITE_HOSTNAME}</c> when not set) and <c>PORTABLE_DURABLE_KEY</c> the system key <c>durabletask_extension</c>.
/// </summary>
public sealed class AzureWorkflows : IWorkflowBackend
{
    private readonly Lazy<HttpClient> _http;

    /// <summary>The way to this app.</summary>
    public AzureWorkflows() => _http = new(static () => new HttpClient());

    internal AzureWorkflows(HttpClient http) => _http = new(() => http);

    /// <inheritdoc/>
    public IWorkflowClient CreateClient(PortableApp app) => new AzureWorkflowClient(app.Workflows, _http.Value);
}
