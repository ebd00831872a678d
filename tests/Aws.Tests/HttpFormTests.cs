using System.Globalization;
using System.Text;
using System.Text.Json;
using Portable.Aws.Events.Http;
using Portable.Runtime;
using Portable.TestKit;

namespace Portable.Aws.Tests;

/// <summary>Requests of REST APIs and load balancers, and answers in the form of whoever asked.</summary>
public sealed class HttpFormTests
{
    private const string Echoed = "GET|/parts/a b/c|a b|c|1 2|1 2,3|n1,n2|c=1; d=2";

    private static PortableApp App => new("aws",
    [
        new HttpFunction("Parts", "*", "/parts/{first}/{*rest}", static call => new(HttpReply.Text(string.Join('|',
            call.Request.Method, call.Request.Path, call.Request.Route("first"), call.Request.Route("rest"), call.Request.Query("q"), string.Join(',', call.Request.QueryAll("q")),
            call.Request.Header("x-name"), call.Request.Header("cookie"))))),
        new HttpFunction("Answer", "GET", "/answer", static _ => new(HttpReply.From(HttpResult.Bytes([1, 2, 255], "image/png", 201)
            .WithCookie("a", "x y", new HttpCookieOptions { MaxAge = TimeSpan.FromHours(1) }).WithCookie("b", "2").WithHeader("X-One", "1").WithHeader("x-one", "2").WithHeader("X-Two", "2")))),
        new HttpFunction("Large", "GET", "/large", static call => new(HttpReply.Text(new string('"', int.Parse(call.Request.Query("size")!, CultureInfo.InvariantCulture))))),
        new HttpFunction("Body", "POST", "/body", static call => new(HttpReply.Text(Encoding.UTF8.GetString(call.Request.Body.Span)))),
        new HttpFunction("Streams", "GET", "/streams", static _ => new(HttpReply.From(HttpResult.Stream(static async (output, cancellationToken) =>
        {
            await output.WriteAsync("one "u8.ToArray(), cancellationToken);
            await output.FlushAsync(cancellationToken);
            await output.WriteAsync("two"u8.ToArray(), cancellationToken);
        }, "text/plain")))),
    ], []);

    public static TheoryData<string> Forms => ["rest", "http1", "balancer", "balancer-multi"];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Every_part_of_a_request_is_bound_whatever_its_form(string form)
    {
        var answer = await InvokeAsync("Parts", Request(form, "GET", "/parts/a%20b/c", [("q", "1 2"), ("q", "3")], [("X-Name", "n1"), ("x-name", "n2"), ("Cookie", "c=1"), ("cookie", "d=2")]));
        // The forms with one value per name deliver the last one of a repeated parameter and join headers.
        Assert.Equal(form == "balancer" ? Echoed.Replace("|1 2|1 2,3|", "|3|3|", StringComparison.Ordinal) : Echoed, answer.GetProperty("body").GetString());
    }

    [Theory]
    [Supports("Binary and multi-value HTTP", "aws managed")]
    [InlineData("rest", """{"statusCode":201,"headers":{"content-type":"image/png","X-Two":"2"},"multiValueHeaders":{"Set-Cookie":["a=x%20y; Path=/; Max-Age=3600; Secure; HttpOnly; SameSite=Lax","b=2; Path=/; Secure; HttpOnly; SameSite=Lax"],"X-One":["1","2"]},"body":"AQL/","isBase64Encoded":true}""")]
    [InlineData("balancer", """{"statusCode":201,"statusDescription":"201 Created","headers":{"content-type":"image/png","set-cookie":"a=x%20y; Path=/; Max-Age=3600; Secure; HttpOnly; SameSite=Lax","Set-cookie":"b=2; Path=/; Secure; HttpOnly; SameSite=Lax","X-One":"1, 2","X-Two":"2"},"body":"AQL/","isBase64Encoded":true}""")]
    [InlineData("balancer-multi", """{"statusCode":201,"statusDescription":"201 Created","multiValueHeaders":{"content-type":["image/png"],"Set-Cookie":["a=x%20y; Path=/; Max-Age=3600; Secure; HttpOnly; SameSite=Lax","b=2; Path=/; Secure; HttpOnly; SameSite=Lax"],"X-One":["1","2"],"X-Two":["2"]},"body":"AQL/","isBase64Encoded":true}""")]
    public async Task An_answer_has_the_form_of_the_request(string form, string expected) =>
        Assert.Equal(expected, (await InvokeAsync("Answer", Request(form, "GET", "/answer"))).GetRawText());

    [Fact]
    [Supports("Binary and multi-value HTTP", "aws native")]
    public async Task The_native_runtime_has_the_same_forms()
    {
        await using var runtime = new InProcessRuntime("Answer", app: App);
        foreach (var form in (string[])["rest", "http1", "balancer", "balancer-multi"])
        {
            var request = Request(form, "GET", "/answer");
            Assert.Equal((await InvokeAsync("Answer", request)).GetRawText(), (await runtime.Api.InvokeAsync(request)).Body);
        }
    }

    [Fact]
    public async Task Format_2_has_cookies_of_their_own_and_base64() => Assert.Equal(
        """{"statusCode":201,"headers":{"content-type":"image/png","X-One":"1, 2","X-Two":"2"},"cookies":["a=x%20y; Path=/; Max-Age=3600; Secure; HttpOnly; SameSite=Lax","b=2; Path=/; Secure; HttpOnly; SameSite=Lax"],"body":"AQL/","isBase64Encoded":true}""",
        (await InvokeAsync("Answer", Samples.Http("GET", "/answer"))).GetRawText());

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Bodies_come_plain_and_as_base64(string form)
    {
        const string Text = "{\"é\":\"\\n\"}";
        Assert.Equal(Text, (await InvokeAsync("Body", Request(form, "POST", "/body", body: Text))).GetProperty("body").GetString());
        Assert.Equal(Text, (await InvokeAsync("Body", Request(form, "POST", "/body", body: Convert.ToBase64String(Encoding.UTF8.GetBytes(Text)), base64: true))).GetProperty("body").GetString());
    }

    [Theory]
    [InlineData("v2", 6 * 1024 * 1024)]
    [InlineData("rest", 6 * 1024 * 1024)]
    [InlineData("balancer", 1024 * 1024)]
    public async Task An_answer_that_is_too_large_is_a_500_that_says_so(string form, int limit)
    {
        foreach (var (size, status) in new[] { (limit / 2 - 200, 200), (limit / 2 + 1, 500), (limit + 1, 500) }) // a quotation mark takes two bytes in JSON
        {
            var query = size.ToString(CultureInfo.InvariantCulture);
            var answer = await InvokeAsync("Large", form == "v2" ? Samples.Http("GET", "/large", "size=" + query) : Request(form, "GET", "/large", [("size", query)]));
            Assert.Equal(status, answer.GetProperty("statusCode").GetInt32());
            if (status == 500)
            {
                Assert.Contains($"{limit} bytes", answer.GetProperty("body").GetString(), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_stream_is_collected_where_nothing_else_is_said(string form) =>
        Assert.Equal("one two", (await InvokeAsync("Streams", Request(form, "GET", "/streams"))).GetProperty("body").GetString());

    [Theory]
    [InlineData("/orders/{id}", "/v1/orders/a%2Fb%20c", "a%2Fb%20c", "a%2Fb c")] // a base path of a custom domain: the gateway's own value, decoded
    [InlineData("/orders/{id}", "/orders/a%20b", "wrong", "a b")]
    [InlineData("/{proxy+}", "/orders/7", "orders/7", "7")]
    public void A_route_of_a_REST_API_is_matched_by_the_gateway_or_the_path(string resource, string path, string parameter, string expected)
    {
        var route = RoutePattern.Parse("/orders/{id}");
        var request = HttpRequestEvent.Read(Encoding.UTF8.GetBytes($$"""{"resource":"{{resource}}","path":"{{path}}","httpMethod":"GET","pathParameters":{"id":"{{parameter}}" },"requestContext":{"stage":"orders" } }"""));
        Assert.Null(request.Match(new HttpFunction("F", "GET", "/orders/{id}", static _ => new(HttpReply.Status(200))), HttpRequestEvent.GatewayRoute(route)));
        Assert.Equal(expected, request.Route("id"));
    }

    [Fact]
    public void The_query_of_a_load_balancer_is_decoded_and_nobody_elses()
    {
        const string Query = """ "multiValueQueryStringParameters":{"a%20b":["1%2C2","3+4"],"c":["%41"]}""";
        var balancer = HttpRequestEvent.Read(Encoding.UTF8.GetBytes($$$"""{"requestContext":{"elb":{}},"httpMethod":"GET","path":"/",{{{Query}}} }"""));
        Assert.Equal(["1,2", "3 4"], balancer.QueryAll("A B"));
        Assert.Equal("A", balancer.Query("c"));
        var rest = HttpRequestEvent.Read(Encoding.UTF8.GetBytes($$$"""{"requestContext":{},"httpMethod":"GET","path":"/",{{{Query}}} }"""));
        Assert.Equal("%41", rest.Query("c"));
        Assert.Empty(rest.QueryAll("a b"));
    }

    [Fact]
    public void Odd_members_are_passed_over()
    {
        var request = HttpRequestEvent.Read("""{"path":"/","httpMethod":"get","headers":{"a":null,"b":1,"c":["x",{"y":[]},"z"]},"queryStringParameters":null,"multiValueHeaders":[],"requestContext":[]}"""u8.ToArray());
        Assert.Equal("GET", request.Method);
        Assert.Null(request.Header("a"));
        Assert.Null(request.Header("b"));
        Assert.Equal("x,z", request.Header("C"));
        Assert.Null(request.Query("q"));
        Assert.Empty(request.QueryAll("q"));
    }

    [Fact]
    [Supports("HTTP trigger", "aws managed")]
    public async Task The_vendors_own_requests_are_read()
    {
        foreach (var (name, form) in new[] { ("proxy-event", HttpReplyForm.Format1), ("alb-request-single-value", HttpReplyForm.LoadBalancer), ("alb-request-multi-value", HttpReplyForm.LoadBalancerMultiValue), ("http-api-v2-request", HttpReplyForm.Format2) })
        {
            var request = HttpRequestEvent.Read(await File.ReadAllBytesAsync(RepositoryFolder.SharedOrSkip($"aws/aws-lambda-dotnet/{name}.json"), TestContext.Current.CancellationToken));
            Assert.Same(form, request.ReplyForm);
            Assert.Equal(name switch { "proxy-event" => "me", "alb-request-single-value" => "value1", "alb-request-multi-value" => "q1-value1", _ => "value1" }, request.Query(name switch { "proxy-event" => "name", "http-api-v2-request" => "parameter1", _ => "query1" }));
        }
    }

    /// <summary>A request in one of the forms; the names of the query stand for what the caller wrote decoded.</summary>
    private static string Request(string form, string method, string path, (string Name, string Value)[]? query = null, (string Name, string Value)[]? headers = null, string? body = null, bool base64 = false)
    {
        var balancer = form.StartsWith("balancer", StringComparison.Ordinal);
        var multi = form != "balancer";
        query ??= [];
        headers ??= [("accept", "*/*")];
        var json = new Dictionary<string, object?>
        {
            ["httpMethod"] = method,
            ["path"] = form == "http1" ? "/prod" + Uri.UnescapeDataString(path) : path,
            ["requestContext"] = balancer ? new { elb = new { targetGroupArn = "arn:aws:elasticloadbalancing:x" } } : new { stage = "prod", httpMethod = method },
            ["body"] = body,
            ["isBase64Encoded"] = base64,
        };
        if (form == "http1")
        {
            json["version"] = "1.0";
        }

        if (!balancer)
        {
            json["resource"] = "/{proxy+}";
        }

        if (multi)
        {
            json["multiValueHeaders"] = headers.GroupBy(static header => header.Name.ToLowerInvariant()).ToDictionary(static group => group.Key, static group => group.Select(static header => header.Value));
            json["multiValueQueryStringParameters"] = query.Length == 0 ? null : query.GroupBy(static pair => pair.Name).ToDictionary(static group => group.Key, group => group.Select(pair => Value(pair.Value)));
        }

        if (!balancer || !multi)
        {
            json["headers"] = headers.GroupBy(static header => header.Name.ToLowerInvariant()).ToDictionary(static group => group.Key, static group => string.Join(group.Key == "cookie" ? "; " : ",", group.Select(static header => header.Value)));
            json["queryStringParameters"] = query.Length == 0 ? null : query.GroupBy(static pair => pair.Name).ToDictionary(static group => group.Key, group => Value(group.Last().Value));
        }

        return JsonSerializer.Serialize(json);

        string Value(string text) => balancer ? Uri.EscapeDataString(text) : text;
    }

    private static async Task<JsonElement> InvokeAsync(string function, string json)
    {
        using var document = JsonDocument.Parse(await App.InvokeAsync(function, json));
        return document.RootElement.Clone();
    }
}
