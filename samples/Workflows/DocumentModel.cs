using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workflows.Media;

namespace Workflows;

/// <summary>Stands in for the endpoint with the GPU, on the loopback interface: it knows an invoice when it sees one.</summary>
internal sealed class DocumentModel : IAsyncDisposable
{
    private readonly WebApplication _server;

    private DocumentModel()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.ConfigureHttpJsonOptions(static json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, WorkflowsJson.Default));
        _server = builder.Build();
        _server.MapPost("/", static (Scan scan) => scan.Text.Contains("invoice", StringComparison.Ordinal) ? new Classified("invoice", 97) : new Classified("letter", 55));
    }

    public Uri Address => new(_server.Urls.First());

    public static async Task<DocumentModel> StartAsync()
    {
        var model = new DocumentModel();
        await model._server.StartAsync();
        return model;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
