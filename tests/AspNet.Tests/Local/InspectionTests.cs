using System.Net;
using System.Text.Json;
using Portable.AspNet.Tests.Hosts;
using Portable.Local;

namespace Portable.AspNet.Tests.Local;

public sealed class InspectionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/_portable")]
    [InlineData("/_portable/")]
    public async Task The_overview_links_to_everything(string path)
    {
        await using var local = await LocalFixture.StartAsync();
        var overview = await local.GetJsonAsync(path);
        Assert.Equal("local", overview.GetProperty("cloud").GetString());
        Assert.Equal(["Place", "Find", "Echo", "Fail"], overview.GetProperty("routes").EnumerateArray().Select(route => route.GetProperty("function").GetString()));
        var links = overview.GetProperty("queues").EnumerateArray().Select(queue => queue.GetProperty("link").GetString()!)
            .Append(overview.GetProperty("workflows")[0].GetProperty("runsLink").GetString()!)
            .ToArray();
        Assert.Equal(["/_portable/queues/orders", "/_portable/queues/imports", "/_portable/workflows/order-fulfilment/runs"], links);
        foreach (var link in links)
        {
            await local.GetJsonAsync(link);
        }

        Assert.Equal(["Price", "Charge"], overview.GetProperty("workflows")[0].GetProperty("steps").EnumerateArray().Select(step => step.GetString()));
        var timer = Assert.Single(overview.GetProperty("schedules").EnumerateArray());
        Assert.Equal(("Sweep", "*/5 * * * *"), (timer.GetProperty("name").GetString(), timer.GetProperty("cron").GetString()));
    }

    [Theory]
    [InlineData("GET", "/_portable/queues/nothing", 404, "'orders', 'imports'")]
    [InlineData("GET", "/_portable/schedules/nothing", 404, "'Sweep'")]
    [InlineData("GET", "/_portable/workflows/nothing/runs", 404, "'order-fulfilment'")]
    [InlineData("GET", "/_portable/workflows/order-fulfilment/runs/nothing", 404, "no run")]
    [InlineData("GET", "/_portable/nothing", 404, "nothing at this address")]
    [InlineData("GET", "/_portable/schedules/Sweep/fire", 405, "POST")]
    [InlineData("DELETE", "/_portable/queues/orders", 405, "GET, POST")]
    [InlineData("POST", "/_portable/", 405, "GET")]
    [InlineData("POST", "/_portable/queues/orders/dead-letters/x/replay", 404, "no dead letter")]
    public async Task What_is_not_there_says_what_is(string method, string path, int status, string detail)
    {
        await using var local = await LocalFixture.StartAsync();
        using var response = await local.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Token);
        Assert.Equal(status, (int)response.StatusCode);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token));
        Assert.Contains(detail, problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("self", HttpStatusCode.Accepted)]
    public async Task Pages_of_other_sites_may_not_use_it(string origin, HttpStatusCode expected)
    {
        await using var local = await LocalFixture.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_portable/queues/orders") { Content = new StringContent("""{"id":"7","quantity":1}""") };
        request.Headers.Add("Origin", origin == "self" ? local.Host.Address.GetLeftPart(UriPartial.Authority) : origin);
        using var response = await local.Http.SendAsync(request, Token);
        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task The_banner_lists_everything_in_columns()
    {
        await using var app = new OrdersApp().Build();
        await using var output = new StringWriter();
        await using var host = await LocalHost.StartAsync(app, new() { Url = "http://localhost:0", Output = output }, Token);
        var expected = $$"""
            Portable is listening on http://127.0.0.1:{{host.Address.Port}}
              http      * /echo/{*rest}   Echo
              http      GET /fail         Fail
              http      POST /orders      Place
              http      GET /orders/{id}  Find
              queue     orders            Fulfil
              queue     imports           Import
              schedule  */5 * * * *       Sweep
              workflow  order-fulfilment  2 steps
            Messages are kept in memory and are lost when the host stops.
            Queues, sources, schedules, workflows and dead letters: http://127.0.0.1:{{host.Address.Port}}/_portable/

            """;
        Assert.Equal(expected, output.ToString());
    }

    [Theory]
    [InlineData(new[] { "--port", "5081" }, null, "http://127.0.0.1:5081")]
    [InlineData(new[] { "--port=5081" }, "6000", "http://127.0.0.1:5081")]
    [InlineData(new[] { "--urls", "http://0.0.0.0:80" }, null, "http://0.0.0.0:80")]
    [InlineData(new string[0], "6000", "http://127.0.0.1:6000")]
    [InlineData(new string[0], null, "http://127.0.0.1:5080")]
    public void The_command_line_and_environment_choose_the_address(string[] args, string? port, string url) =>
        Assert.Equal(url, LocalArguments.Parse(args, name => name == LocalArguments.PortVariable ? port : null).Url);

    [Theory]
    [InlineData(new[] { "--prt", "1" }, null, "'--prt' is not an option")]
    [InlineData(new[] { "--port" }, null, "--port needs a value")]
    [InlineData(new[] { "--port", "many" }, null, "'many', which is not a port number")]
    [InlineData(new string[0], "70000", "PORTABLE_PORT is '70000'")]
    public void A_malformed_command_line_is_refused(string[] args, string? port, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => LocalArguments.Parse(args, _ => port)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Help_is_printed_and_nothing_is_started(string argument)
    {
        Assert.True(LocalArguments.AskForHelp(["--port", "1", argument]));
        Assert.Contains("--journal FILE", LocalArguments.Help, StringComparison.Ordinal);
        await using var app = new OrdersApp().Build();
        Assert.Equal(0, await LocalHost.RunAsync(app, [argument]));
    }

    [Theory]
    [InlineData("5080")]
    [InlineData("https://127.0.0.1:5080")]
    [InlineData("http://example.com:5080")]
    public async Task An_address_that_cannot_be_listened_on_is_refused(string url)
    {
        await using var app = new OrdersApp().Build();
        var refused = await Assert.ThrowsAsync<FormatException>(() => LocalHost.StartAsync(app, new() { Url = url }, Token));
        Assert.Contains(url, refused.Message, StringComparison.Ordinal);
    }
}
