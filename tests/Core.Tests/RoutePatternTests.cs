using Portable.Runtime;

namespace Portable.Core.Tests;

public sealed class RoutePatternTests
{
    [Theory]
    [InlineData("/orders", "/orders", "")]
    [InlineData("/orders", "/orders/", "")]
    [InlineData("/Orders", "/oRDERS", "")]
    [InlineData("/orders/{id}", "/orders/7", "id=7")]
    [InlineData("/orders/{id}/lines/{line}", "/orders/7/lines/a b", "id=7,line=a b")]
    [InlineData("/files/{*path}", "/files/a/b/c.txt", "path=a/b/c.txt")]
    [InlineData("/files/{*path}", "/files", "path=")]
    [InlineData("/{*path}", "/", "path=")]
    [InlineData("/", "/", "")]
    public void Matches_with_values(string template, string path, string expected)
    {
        Assert.True(RoutePattern.Parse(template).TryMatch(path, out var values));
        Assert.Equal(expected, string.Join(',', values.OrderBy(value => value.Key).Select(value => $"{value.Key}={value.Value}")));
    }

    [Theory]
    [InlineData("/orders", "/order")]
    [InlineData("/orders", "/orders/7")]
    [InlineData("/orders/{id}", "/orders")]
    [InlineData("/orders/{id}", "/orders/")]
    [InlineData("/orders/{id}", "/orders/7/lines")]
    [InlineData("/", "/orders")]
    public void Does_not_match(string template, string path) => Assert.False(RoutePattern.Parse(template).TryMatch(path, out _));

    [Theory]
    [InlineData("/orders/x{id}", "mixes text and a parameter")]
    [InlineData("/{*rest}/tail", "before its last segment")]
    [InlineData("/{}", "mixes text")]
    [InlineData("/{a-b}", "letters, digits and underscores")]
    [InlineData("/{id:int}", "letters, digits and underscores")]
    public void A_malformed_template_says_why(string template, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => RoutePattern.Parse(template)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_most_specific_route_wins_whatever_the_order()
    {
        string[] routes = ["/{*rest}", "/orders/{id}", "/orders/new", "/orders"];
        var paths = new Dictionary<string, string> { ["/orders/new"] = "/orders/new", ["/orders/7"] = "/orders/{id}", ["/orders"] = "/orders", ["/x"] = "/{*rest}" };
        foreach (var order in Permutations(routes))
        {
            var table = new RouteTable(order.Select(route => new HttpFunction(route, "GET", route, _ => default)));
            Assert.All(paths, pair => Assert.Equal(pair.Value, table.Match("GET", pair.Key).Function?.Name));
        }
    }

    [Fact]
    public void Another_method_is_405_with_the_allowed_ones_and_an_unknown_path_404()
    {
        var table = new RouteTable([new HttpFunction("a", "GET", "/x", _ => default), new HttpFunction("b", "PUT", "/x", _ => default)]);
        var refusal = table.Match("POST", "/x").Refusal();
        Assert.Equal(405, refusal.StatusCode);
        Assert.Equal("GET, PUT", refusal.Headers.Single(header => header.Key == "Allow").Value);
        Assert.Equal(404, table.Match("GET", "/y").Refusal().StatusCode);
    }

    private static IEnumerable<string[]> Permutations(string[] items) => items.Length <= 1
        ? [items]
        : items.SelectMany((item, i) => Permutations([.. items[..i], .. items[(i + 1)..]]).Select(rest => (string[])[item, .. rest]));
}
