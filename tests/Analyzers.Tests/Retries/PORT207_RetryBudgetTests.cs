using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Retries;

public sealed class PORT207_RetryBudgetTests
{
    private const string Queue = "QueueTrigger(\"orders\"), DeadLetter(\"orders-dead\")";

    [Theory]
    [InlineData("for (var i = 0; i < 5; i++)\n{\n    try { await http.GetAsync(\"https://a.example/x\", ct); return; }\n    catch (HttpRequestException) { await [|Task.Delay(10_000, ct)|]; }\n}", "'Handle' waits 40 s between its attempts, and an invocation ends after its TimeoutSeconds of 30 s")]
    [InlineData("for (var i = 1; i <= 4; i++)\n{\n    try { await http.GetAsync(\"https://a.example/x\", ct); return; }\n    catch (HttpRequestException) { await [|Task.Delay(TimeSpan.FromSeconds(10 * i), ct)|]; }\n}", "waits 60 s")]
    [InlineData("for (var i = 0; i < 6; i++)\n{\n    try { await http.GetAsync(\"https://a.example/x\", ct); return; }\n    catch (HttpRequestException) { await [|Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, i)), ct)|]; }\n}", "waits 31 s")]
    [InlineData("for (var i = 0; i < 6; i++)\n{\n    try { await http.GetAsync(\"https://a.example/x\", ct); return; }\n    catch (HttpRequestException) { await [|Task.Delay(TimeSpan.FromSeconds(1 << i), ct)|]; }\n}", "waits 31 s")]
    [InlineData("foreach (var wait in new[] { TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1) })\n{\n    try { await http.GetAsync(\"https://a.example/x\", ct); return; }\n    catch (HttpRequestException) { await [|Task.Delay(wait, ct)|]; }\n}", "waits 61 s")]
    [InlineData("foreach (var i in Enumerable.Range(1, 3))\n{\n    try { await http.GetAsync(\"https://a.example/x\", ct); return; }\n    catch (HttpRequestException) { await [|Task.Delay(20000 * i, ct)|]; }\n}", "waits 60 s")]
    [InlineData("var n = 0;\nwhile (true)\n{\n    try { await http.GetAsync(\"https://a.example/x\", ct); return; }\n    catch (HttpRequestException) when (n++ < 4) { [|Thread.Sleep(TimeSpan.FromSeconds(10))|]; }\n}", "waits 40 s")]
    public Task Waits_beyond_the_timeout(string body, string message) => Check.Reports("PORT207", Source(body), message);

    [Theory]
    [InlineData("aws", 5, 8, "and aws delivers a message again after 30 s where no timeout is stated (Amazon SQS API Reference")]
    [InlineData("gcp", 5, 160, "and gcp delivers a message again when it is not acknowledged within 600 s")]
    public Task Waits_beyond_what_a_source_waits_for(string cloud, int attempts, int seconds, string message)
    {
        var marked = Marked.Parse(Timed(cloud, attempts, seconds, "[|", "|]"));
        return Check.Reports("PORT207", new Project(marked.Text), marked, message);
    }

    [Theory]
    [InlineData("aws", 5, 7)]
    [InlineData("gcp", 5, 150)]
    [InlineData("azure", 5, 200)]
    public Task Waits_within_what_a_source_waits_for(string cloud, int attempts, int seconds) => Check.Silent(Timed(cloud, attempts, seconds, "", ""));

    [Fact]
    public Task A_step_ends_too() => Check.Reports(
        "PORT207",
        RetrySource.Step("for (var i = 0; i < 3; i++)\n{\n    try { await http.GetAsync(\"https://a.example/x\", ct); return; }\n    catch (HttpRequestException) { await [|Task.Delay(9000, ct)|]; }\n}", "Step(TimeoutSeconds = 10)"),
        "waits 18 s between its attempts, and a call of the step ends after its TimeoutSeconds of 10 s");

    [Theory]
    [InlineData("for (var i = 0; i < 3; i++)\n{\n    try { await http.GetAsync(\"https://a.example/x\", ct); return; }\n    catch (HttpRequestException) { await Task.Delay(10_000, ct); }\n}")]
    [InlineData("for (var i = 0; i < order.Cents; i++)\n{\n    try { await http.GetAsync(\"https://a.example/x\", ct); return; }\n    catch (HttpRequestException) { await Task.Delay(10_000, ct); }\n}")]
    [InlineData("for (var i = 0; i < 9; i++)\n{\n    try { await http.GetAsync(\"https://a.example/x\", ct); return; }\n    catch (HttpRequestException) { await Task.Delay(order.Cents, ct); }\n}")]
    [InlineData("for (var i = 0; i < 9; i++)\n{\n    try { await http.GetAsync(\"https://a.example/x\", ct); return; }\n    catch (HttpRequestException) { throw; }\n    finally { await Task.Delay(10_000, ct); }\n}")]
    public Task Within_it_or_not_known(string body) => Check.Silent(Source(body));

    [Theory]
    [InlineData("aws", "[Function(TimeoutSeconds = 900), QueueTrigger(\"orders\"), DeadLetter(\"orders-dead\"), [|Retry(MaxAttempts = 70)|]]", "Order order", "is tried for up to 4.4 days on aws, which keeps a message for 4 days where its queue says nothing")]
    [InlineData("gcp", "[Function(TimeoutSeconds = 600), StorageTrigger(\"files\"), DeadLetter(\"files-dead\"), [|Retry(MaxAttempts = 100, IntervalSeconds = 600)|]]", "StorageEvent file", "is tried for up to 33.2 hours on gcp, which gives an event up after 24 hours")]
    public Task Deliveries_beyond_what_a_source_keeps(string cloud, string attributes, string payload, string message)
    {
        var marked = Marked.Parse(Policy(cloud, attributes, payload));
        return Check.Reports("PORT207", new Project(marked.Text), marked, message);
    }

    [Theory]
    [InlineData("aws", "[Function(TimeoutSeconds = 900), QueueTrigger(\"orders\"), DeadLetter(\"orders-dead\"), Retry(MaxAttempts = 64)]", "Order order")]
    [InlineData("aws", "[Function, QueueTrigger(\"orders\"), DeadLetter(\"orders-dead\"), Retry(MaxAttempts = 1000)]", "Order order")]
    [InlineData("gcp", "[Function(TimeoutSeconds = 600), QueueTrigger(\"orders\"), DeadLetter(\"orders-dead\"), Retry(MaxAttempts = 100, IntervalSeconds = 600)]", "Order order")]
    [InlineData("gcp", "[Function(TimeoutSeconds = 60), StorageTrigger(\"files\"), DeadLetter(\"files-dead\"), Retry(MaxAttempts = 10, IntervalSeconds = 10)]", "StorageEvent file")]
    [InlineData("gcp", "[Function(TimeoutSeconds = 900), QueueTrigger(\"orders\", BatchSize = 1), DeadLetter(\"orders-dead\")]", "Order order")]
    [InlineData("azure", "[Function(TimeoutSeconds = 900), QueueTrigger(\"orders\"), DeadLetter(\"orders-dead\"), Retry(MaxAttempts = 1000)]", "Order order")]
    public async Task Deliveries_within_it(string cloud, string attributes, string payload) =>
        Assert.DoesNotContain(await Check.Run(new Project(Policy(cloud, attributes, payload))), diagnostic => diagnostic.Id == "PORT207");

    [Fact]
    public Task Generated_code_is_left_alone() => Check.Silent("// <auto-generated/>\n" + Timed("aws", 5, 100, "", ""));

    private static string Source(string body) => RetrySource.Function(body, Queue).Replace("[Function, ", "[Function(TimeoutSeconds = 30), ", StringComparison.Ordinal);

    private static string Timed(string cloud, int attempts, int seconds, string open, string close) => RetrySource.Function(
        $"for (var i = 0; i < {attempts}; i++)\n{{\n    try {{ await http.GetAsync(\"https://a.example/x\", ct); return; }}\n    catch (HttpRequestException) {{ await {open}Task.Delay(TimeSpan.FromSeconds({seconds}), ct){close}; }}\n}}",
        Queue,
        header: $"// property: PortableTargetedClouds={cloud}");

    private static string Policy(string cloud, string attributes, string payload) => $$"""
        // property: PortableTargetedClouds={{cloud}}
        using Portable;
        namespace Shop;

        public sealed record Order(string Id, int Cents);

        public static class Orders
        {
            {{attributes}}
            public static void Handle({{payload}}) { }
        }
        """;
}
