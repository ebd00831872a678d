using System.Net.Http.Json;
using System.Text.Json;
using Portable.AspNet.Tests.Hosts;
using Portable.Local;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Local;

/// <summary>A local host on a free port with a clock that moves by hand.</summary>
internal sealed class LocalFixture : IAsyncDisposable
{
    private LocalFixture(OrdersApp orders, LocalHost host, ManualTimeProvider clock)
    {
        Orders = orders;
        Host = host;
        Clock = clock;
        Http = new HttpClient { BaseAddress = host.Address };
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public OrdersApp Orders { get; }

    public LocalHost Host { get; }

    public ManualTimeProvider Clock { get; }

    public HttpClient Http { get; }

    public static async Task<LocalFixture> StartAsync(OrdersApp? orders = null)
    {
        orders ??= new OrdersApp();
        orders.Log ??= new CapturedLog();
        var clock = new ManualTimeProvider();
        var host = await LocalHost.StartAsync(orders.Build(), new() { Url = "http://127.0.0.1:0", Time = clock }, Token);
        return new LocalFixture(orders, host, clock);
    }

    public async Task<JsonElement> GetJsonAsync(string path)
    {
        using var response = await Http.GetAsync(path, Token);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Token);
    }

    public async Task<(HttpResponseMessage Response, JsonElement Json)> PostAsync(string path, string json = "")
    {
        var response = await Http.PostAsync(path, new StringContent(json), Token);
        return (response, await response.Content.ReadFromJsonAsync<JsonElement>(Token));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
    }
}
