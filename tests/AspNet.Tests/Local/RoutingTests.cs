using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Local;

public sealed class RoutingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Supports("HTTP trigger", "local")]
    public async Task A_body_is_bound_and_answered()
    {
        await using var local = await LocalFixture.StartAsync();
        using var response = await local.Http.PostAsync("/orders", JsonContent.Create(new { id = "7", quantity = 2 }), Token);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("/orders/7", response.Headers.Location?.ToString());
        Assert.Equal("""{"id":"7","quantity":2}""", await response.Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData("", "body", "A JSON body is required.")]
    [InlineData("null", "body", "A JSON body is required, not null.")]
    [InlineData("{\"id\": 7}", "body", "The body is not valid JSON for Order at $.id.")]
    [InlineData("{", "body", null)]
    public async Task A_bad_body_is_a_problem(string body, string parameter, string? reason)
    {
        await using var local = await LocalFixture.StartAsync();
        using var response = await local.Http.PostAsync("/orders?dryRun=false", new StringContent(body), Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        var reasons = problem.GetProperty("errors").GetProperty(parameter);
        Assert.Equal(1, reasons.GetArrayLength());
        if (reason is not null)
        {
            Assert.Equal(reason, reasons[0].GetString());
        }
    }

    [Fact]
    public async Task Every_parameter_that_does_not_fit_is_named()
    {
        await using var local = await LocalFixture.StartAsync();
        using var response = await local.Http.PostAsync("/orders?dryRun=perhaps", new StringContent("no"), Token);
        var errors = (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("errors");
        Assert.Equal(["dryRun", "body"], errors.EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task Route_query_headers_and_body_reach_the_handler()
    {
        await using var local = await LocalFixture.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/ECHO/a/b%20c%2Fd?q=1&q=%C3%A9&other=x") { Content = new StringContent("payload") };
        request.Headers.Add("X-Many", ["one", "two"]); // HttpClient sends them as one line
        using var response = await local.Http.SendAsync(request, Token);
        Assert.Equal("PATCH\n/ECHO/a/b c%2Fd\na/b c%2Fd\n1|é\none, two\npayload", await response.Content.ReadFromJsonAsync<string>(Token));
        Assert.Equal(["a=1", "b=2"], response.Headers.GetValues("Set-Cookie"));
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_read()
    {
        await using var local = await LocalFixture.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/echo/x") { Content = new StringContent(new string('é', 50_000)) };
        request.Headers.TransferEncodingChunked = true;
        using var response = await local.Http.SendAsync(request, Token);
        var text = await response.Content.ReadFromJsonAsync<string>(Token);
        Assert.EndsWith("\n" + new string('é', 50_000), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_413()
    {
        await using var local = await LocalFixture.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/echo/x") { Content = new ByteArrayContent(new byte[33 * 1024 * 1024]) };
        request.Headers.ExpectContinue = true;
        using var response = await local.Http.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/nowhere", HttpStatusCode.NotFound, null)]
    [InlineData("DELETE", "/orders/7", HttpStatusCode.MethodNotAllowed, "GET")]
    [InlineData("POST", "/orders?dryRun=true", HttpStatusCode.NoContent, null)]
    public async Task Status_follows_the_route(string method, string path, HttpStatusCode status, string? allow)
    {
        await using var local = await LocalFixture.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST")
        {
            request.Content = new StringContent("""{"id":"7","quantity":1}""");
        }

        using var response = await local.Http.SendAsync(request, Token);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(allow, response.Content.Headers.TryGetValues("Allow", out var values) ? string.Join(", ", values) : null);
    }

    [Fact]
    public async Task An_exception_is_500_and_tells_nothing_of_itself()
    {
        await using var local = await LocalFixture.StartAsync();
        using var response = await local.Http.GetAsync("/fail", Token);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_deadline_and_trace_reach_the_invocation()
    {
        await using var local = await LocalFixture.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = new StringContent("""{"id":"7","quantity":1}""") };
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        using var response = await local.Http.SendAsync(request, Token);
        var invocation = Assert.Single(local.Orders.Invocations);
        Assert.Equal(local.Clock.GetUtcNow().AddSeconds(10), invocation.Deadline);
        Assert.Equal("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", invocation.TraceParent);
        Assert.Equal(("Place", "local"), (invocation.FunctionName, invocation.Cloud));
    }
}
