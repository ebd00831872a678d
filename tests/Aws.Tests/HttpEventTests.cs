using System.Text;
using System.Text.Json;
using Portable.Aws.Events.Http;
using Portable.Aws.RuntimeApi;
using Portable.Runtime;
using Portable.TestKit;

namespace Portable.Aws.Tests;

/// <summary>Requests and answers in payload format 2.0.</summary>
public sealed class HttpEventTests
{
    private static readonly RoutePattern Orders = RoutePattern.Parse("/orders/{id}");

    [Fact]
    public async Task Every_part_of_a_request_is_bound()
    {
        var body = await InvokeAsync("Parts", Samples.Http(
            "PUT", "/parts/a%20b/c/d%2Fe", "q=1%2C5&x=2&q=two+words", headers: """{"x-name":"n1,n2","other":"x"}""", cookies: """["a=1","b=2"]"""));
        Assert.Equal("PUT|/parts/a b/c/d%2Fe|a b|c/d%2Fe|1,5|1,5,two words|n1,n2|a=1; b=2", body.GetProperty("body").GetString());
    }

    [Theory]
    [InlineData("/prod/orders/1", "prod", "/orders/1")]
    [InlineData("/prod", "prod", "/")]
    [InlineData("/production/orders/1", "prod", "/production/orders/1")]
    [InlineData("/orders/1", "$default", "/orders/1")]
    [InlineData("/$default/orders/1", "$default", "/$default/orders/1")]
    [InlineData("/orders/1", "prod", "/orders/1")]
    public void A_stage_is_no_part_of_the_path(string rawPath, string stage, string path) =>
        Assert.Equal(path, Envelope(Samples.Http("GET", rawPath, stage: stage)).Path);

    [Fact]
    public void A_route_that_the_gateway_matched_brings_its_own_values()
    {
        // The base path of a custom domain stands in the raw path, and only the gateway knows it.
        var request = Envelope(Samples.Http("GET", "/v1/orders/a%2541", routeKey: "GET /orders/{id}", pathParameters: """{"id":"a%41"}"""));
        Assert.Null(request.Match(Function("GET", Orders), HttpRequestEvent.GatewayRoute(Orders)));
        Assert.Equal("a%41", request.Route("ID"));
        Assert.Null(request.Route("other"));
    }

    [Fact]
    public void Another_route_of_the_gateway_is_matched_by_the_path()
    {
        var request = Envelope(Samples.Http("GET", "/orders/7", routeKey: "ANY /{id}/{proxy+}", pathParameters: """{"id":"orders","proxy":"7"}"""));
        Assert.Null(request.Match(Function("GET", Orders), HttpRequestEvent.GatewayRoute(Orders)));
        Assert.Equal("7", request.Route("id"));
    }

    [Theory]
    [InlineData("/orders/{id}", "/orders/{id}")]
    [InlineData("/files/{*path}", "/files/{path+}")]
    [InlineData("/", "/")]
    public void Gateways_have_a_notation_of_their_own(string template, string expected) =>
        Assert.Equal(expected, HttpRequestEvent.GatewayRoute(RoutePattern.Parse(template)));

    [Theory]
    [InlineData("GET", "/orders", 405)]
    [InlineData("POST", "/other", 404)]
    public async Task A_request_for_another_function_is_refused(string method, string path, int status)
    {
        var answer = await InvokeAsync("Place", Samples.Http(method, path));
        Assert.Equal(status, answer.GetProperty("statusCode").GetInt32());
        Assert.Equal("application/problem+json; charset=utf-8", answer.GetProperty("headers").GetProperty("content-type").GetString());
        Assert.Equal(status == 405, answer.GetProperty("headers").TryGetProperty("Allow", out _));
    }

    [Theory]
    [InlineData("GET /orders/{id}", 405)]
    [InlineData("ANY /orders/{id}", 405)]
    public void The_method_is_the_functions_whatever_the_gateway_says(string routeKey, int status)
    {
        var request = Envelope(Samples.Http("GET", "/orders/1", routeKey: routeKey, pathParameters: """{"id":"1"}"""));
        Assert.Equal(status, request.Match(Function("POST", Orders), HttpRequestEvent.GatewayRoute(Orders))!.StatusCode);
    }

    [Fact]
    public async Task Bodies_come_plain_escaped_and_as_base64()
    {
        const string Json = """{"id":"é\"\\😀","total":3}""";
        var expected = await InvokeAsync("Place", Samples.Http("POST", "/orders", body: Json));
        Assert.Equal(201, expected.GetProperty("statusCode").GetInt32());
        var encoded = await InvokeAsync("Place", Samples.Http("POST", "/orders", body: Convert.ToBase64String(Encoding.UTF8.GetBytes(Json)), base64: true));
        Assert.Equal(expected.GetProperty("body").GetString(), encoded.GetProperty("body").GetString());
    }

    [Theory]
    [InlineData(null, "A JSON body is required.")]
    [InlineData("", "A JSON body is required.")]
    [InlineData("null", "A JSON body is required, not null.")]
    [InlineData("{", "not valid JSON")]
    public async Task A_body_that_does_not_fit_is_a_400(string? text, string reason)
    {
        var answer = await InvokeAsync("Place", Samples.Http("POST", "/orders", body: text));
        Assert.Equal(400, answer.GetProperty("statusCode").GetInt32());
        Assert.Contains(reason, answer.GetProperty("body").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Hello from Lambda")]
    [InlineData("AAA")]
    public async Task A_body_that_is_no_base64_is_a_malformed_event(string body)
    {
        await using var runtime = new InProcessRuntime("Place");
        var answer = await runtime.Api.InvokeAsync(Samples.Http("POST", "/orders", body: body, base64: true));
        Assert.Equal("Portable.MalformedEvent", answer.Headers["Lambda-Runtime-Function-Error-Type"]);
    }

    [Fact]
    public async Task Cookies_and_repeated_headers_have_their_own_places()
    {
        var answer = await InvokeAsync("Headers", Samples.Http("GET", "/headers"));
        Assert.Equal("""{"statusCode":204,"headers":{"X-One":"1, 2"},"cookies":["a=1","b=2"]}""", answer.GetRawText());
    }

    [Fact]
    public void Bytes_that_are_no_text_are_base64()
    {
        // Portable's own answers are text; a text type with other bytes in it must not be mangled all the same.
        var output = new PostBuffer();
        HttpReplyJson.Write(output, HttpReply.Json(new byte[] { 1 }, TestContextJson.Default.ByteArray), HttpReplyForm.Format2);
        Assert.Contains("\"body\":\"\\\"AQ==\\\"\"", Encoding.UTF8.GetString(output.Body.Span), StringComparison.Ordinal);

        output.Reset();
        HttpReplyJson.Write(output, HttpReply.Text("é\"\\\u0001"), HttpReplyForm.Format2);
        using var document = JsonDocument.Parse(output.Body);
        Assert.Equal("é\"\\\u0001", document.RootElement.GetProperty("body").GetString());
        Assert.False(document.RootElement.TryGetProperty("isBase64Encoded", out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"rawPath\":\"/a\"")]
    [InlineData("{\"rawPath\":\"/a\"}")]
    [InlineData("{\"rawPath\":1,\"requestContext\":{\"http\":{\"method\":\"GET\"}}}")]
    [InlineData("{\"rawPath\":\"\\ud800\",\"requestContext\":{\"http\":{\"method\":\"GET\"}}}")]
    [InlineData("{\"rawPath\":\"/a\",\"requestContext\":{\"http\":{\"method\":\"GET\"}}} x")]
    [InlineData("{\"rawPath\":\"/a\",\"requestContext\":{\"http\":\"GET\"}}")]
    [InlineData("{\"version\":\"1.0\",\"httpMethod\":\"GET\"}")]
    [InlineData("{\"requestContext\":{\"elb\":{}},\"httpMethod\":\"GET\",\"rawPath\":7}")]
    public async Task What_is_no_request_is_a_malformed_event(string json)
    {
        await using var runtime = new InProcessRuntime("Echo");
        var answer = await runtime.Api.InvokeAsync(json);
        Assert.True(answer.IsError);
        Assert.Equal("Portable.MalformedEvent", answer.Headers["Lambda-Runtime-Function-Error-Type"]);
        Assert.False((await runtime.Api.InvokeAsync(Samples.Http("POST", "/echo/1"))).IsError);
    }

    [Theory]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1", Samples.TraceParent)]
    [InlineData("Sampled=0;Parent=53995c3f42cd8ad8; Root=1-5759e988-bd862e3fe1be46a994272793;Lineage=a:1", "00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-00")]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a994272793", null)]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=0000000000000000;Sampled=1", null)]
    [InlineData("Root=1-5759e98-bd862e3fe1be46a9942727930;Parent=53995c3f42cd8ad8", null)]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a99427279G;Parent=53995c3f42cd8ad8", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void X_rays_header_becomes_a_traceparent(string? header, string? expected) => Assert.Equal(expected, RuntimeApi.XRayTrace.ToTraceParent(header));

    [Theory]
    [InlineData("not a traceparent")]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0")]
    public void A_traceparent_that_is_none_is_not_believed(string value) =>
        Assert.Null(Envelope(Samples.Http("GET", "/", headers: $$"""{"traceparent":"{{value}}"}""")).TraceParent());

    private static HttpRequestEvent Envelope(string json) => HttpRequestEvent.Read(Encoding.UTF8.GetBytes(json));

    private static HttpFunction Function(string method, RoutePattern route) => new("F", method, route.Template, static _ => new(HttpReply.Status(200)));

    private static async Task<JsonElement> InvokeAsync(string function, string json)
    {
        await using var runtime = new InProcessRuntime(function);
        var answer = await runtime.Api.InvokeAsync(json);
        Assert.False(answer.IsError, answer.Body);
        using var document = JsonDocument.Parse(answer.Body);
        return document.RootElement.Clone();
    }
}
