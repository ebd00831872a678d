using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT005_MalformedRouteTests
{
    [Theory]
    [InlineData("/orders/{id:int}", "is not a plain name")]
    [InlineData("/orders/{id?}", "is not a plain name")]
    [InlineData("/orders/v{id}", "mixes text and a parameter")]
    [InlineData("/{*rest}/orders", "before its last segment")]
    [InlineData("/{id}/{ID}", "twice")]
    [InlineData("/orders?all", "a character that a path cannot carry")]
    public Task A_route_that_clouds_read_differently(string route, string message) => Check.Reports(
        "PORT005",
        FunctionSource.With($"[Function, [|HttpTrigger(\"GET\", \"{route}\")|]] public static void Run(string id) {{ }}"),
        message);

    [Fact]
    public Task Routes_that_every_cloud_reads_alike() => Check.Silent(FunctionSource.With(
        """
        [Function, HttpTrigger("GET", "/")] public static void Root() { }
        [Function, HttpTrigger("get", "/orders/{id}/lines")] public static void Lines(string id) { }
        [Function, HttpTrigger("*", "/files/{*rest}")] public static void Files(string rest) { }
        """));
}
