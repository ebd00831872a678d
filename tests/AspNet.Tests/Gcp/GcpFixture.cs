using System.Net;
using Portable.AspNet.Tests.Hosts;
using Portable.Gcp;
using Portable.Runtime;
using Portable.Runtime.AspNetCore;

namespace Portable.AspNet.Tests.Gcp;

/// <summary>The native host of one function, in this process, on a free port.</summary>
internal sealed class GcpFixture : IAsyncDisposable
{
    private readonly PortableApp _app;
    private readonly KestrelHost _host;

    private GcpFixture(PortableApp app, KestrelHost host)
    {
        _app = app;
        _host = host;
        Http = new HttpClient { BaseAddress = host.Addresses[0] };
    }

    public HttpClient Http { get; }

    public static Task<GcpFixture> StartAsync(OrdersApp orders, string target)
    {
        orders.Log ??= new CapturedLog();
        return StartAsync(orders.Build("gcp"), target);
    }

    public static async Task<GcpFixture> StartAsync(PortableApp app, string target)
    {
        var arguments = CloudRunArguments.Parse(app, [], name => name switch { "FUNCTION_TARGET" => target, "PORT" => "0", _ => null });
        Assert.Equal(IPAddress.Loopback, arguments.Address.Address);
        return new GcpFixture(app, await CloudRunHost.StartAsync(app, arguments, TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host.DisposeAsync();
        await _app.DisposeAsync();
    }
}
