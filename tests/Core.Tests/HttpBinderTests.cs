using System.Text;
using System.Text.Json;
using Portable.Runtime;
using Portable.Runtime.Json;

namespace Portable.Core.Tests;

public sealed class HttpBinderTests
{
    private enum Colour
    {
        Red,
        Green,
    }

    [Fact]
    public void Every_source_binds()
    {
        var request = new FakeEnvelope { Json = """{"text":"hello"}""" };
        request.RouteValues["id"] = "7";
        request.RouteValues["colour"] = "green";
        request.QueryValues.Add(new("tag", "1"));
        request.QueryValues.Add(new("tag", "2"));
        request.Headers["X-Key"] = "c3b8f0a4-53b0-4b27-9e8b-111111111111";
        var binder = Binder(request);

        Assert.Equal(7, binder.Route<int>("id"));
        Assert.Equal(Colour.Green, binder.RouteEnum<Colour>("colour"));
        Assert.Equal([1, 2], binder.QueryAll<int>("tag"));
        Assert.Equal(5, binder.Query("missing", 5));
        Assert.Null(binder.QueryOrNull<int>("missing"));
        Assert.Equal(Guid.Parse("c3b8f0a4-53b0-4b27-9e8b-111111111111"), binder.Header<Guid>("x-key"));
        Assert.Equal("hello", binder.Body(PortableJson.Reflected<Payload>()).Text);
        Assert.False(binder.Failed);
    }

    [Fact]
    public void Everything_that_does_not_fit_is_reported_at_once()
    {
        var request = new FakeEnvelope { Json = """{"text":""" };
        request.RouteValues["id"] = "seven";
        request.QueryValues.Add(new("colour", "blue"));
        var binder = Binder(request);

        binder.Route<int>("id");
        binder.Query<bool>("flag");
        binder.QueryEnum<Colour>("colour");
        binder.Body(PortableJson.Reflected<Payload>());

        Assert.True(binder.Failed);
        var problem = binder.Problem();
        Assert.Equal(400, problem.StatusCode);
        Assert.StartsWith("application/problem+json", problem.ContentType, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(problem.Body);
        var errors = json.RootElement.GetProperty("errors");
        Assert.Equal("Not a valid Int32.", errors.GetProperty("id")[0].GetString());
        Assert.Equal("A value is required.", errors.GetProperty("flag")[0].GetString());
        Assert.Equal("Not one of Red, Green.", errors.GetProperty("colour")[0].GetString());
        Assert.Contains("not valid JSON", errors.GetProperty("body")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    public void A_required_body_is_neither_missing_nor_null(string? body)
    {
        var binder = Binder(new FakeEnvelope { Json = body });
        binder.Body(PortableJson.Reflected<Payload>());
        Assert.True(binder.Failed);
    }

    [Fact]
    public void A_hostile_value_stays_text_in_the_problem()
    {
        var request = new FakeEnvelope();
        request.QueryValues.Add(new("""a"}, "admin": true, {" """, "x"));
        var binder = Binder(request);
        binder.Query<int>("""a"}, "admin": true, {" """);
        using var json = JsonDocument.Parse(binder.Problem().Body);
        Assert.False(json.RootElement.TryGetProperty("admin", out _));
    }

    [Fact]
    public void Deep_json_is_a_problem_and_not_a_crash()
    {
        var binder = Binder(new FakeEnvelope { Json = new StringBuilder().Insert(0, "[", 100_000).ToString() });
        binder.Body(PortableJson.Reflected<JsonElement>());
        Assert.True(binder.Failed);
    }

    private static HttpBinder Binder(FakeEnvelope request)
    {
        var app = new PortableApp("local", [], []);
        return new HttpBinder(new HttpCall(request, new InvocationContext(app, "f", "1")));
    }

    private sealed record Payload(string Text);
}
