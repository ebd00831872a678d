using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Limits;

public sealed class PORT409_ExternalCallTimeTests
{
    private const string Infinite = "private static readonly HttpClient Http = new() { Timeout = [|Timeout.InfiniteTimeSpan|] };";

    [Fact]
    public Task A_client_that_waits_without_end() => Check.Reports(
        "PORT409",
        Class(Infinite, "var page = await Http.GetStringAsync(\"https://shop.example\");", token: false),
        "'Http' lets a call wait without end (HttpClient.Timeout)");

    [Fact]
    public Task A_client_whose_calls_have_a_token_may_wait_without_end() =>
        Check.Silent(Class(Infinite.Replace("[|", "").Replace("|]", ""), "var page = await Http.GetStringAsync(\"https://shop.example\", ct);"));

    [Theory]
    [InlineData("private static readonly HttpClient Http = new() { Timeout = [|TimeSpan.FromSeconds(60)|] };", "", "waits up to 60 s (HttpClient.Timeout), and TimeoutSeconds ends it after 30 s")]
    [InlineData("private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);\nprivate static readonly HttpClient Http = new() { Timeout = [|Patience|] };", "", "waits up to 60 s")]
    [InlineData("", "using var source = new CancellationTokenSource([|TimeSpan.FromSeconds(30.5)|]);", "waits up to 30.5 s (CancellationTokenSource)")]
    [InlineData("", "using var source = CancellationTokenSource.CreateLinkedTokenSource(ct);\nsource.CancelAfter([|31_000|]);", "waits up to 31 s (CancelAfter)")]
    [InlineData("", "await Task.CompletedTask.WaitAsync([|new TimeSpan(0, 1, 0)|], ct);", "waits up to 60 s (WaitAsync)")]
    [InlineData("private static void Prepare(System.Data.Common.DbCommand command) => command.CommandTimeout = [|120|];", "", "waits up to 120 s (DbCommand.CommandTimeout)")]
    [InlineData("private static void Prepare(System.Data.Common.DbCommand command) => command.CommandTimeout = [|0|];", "", "lets a call wait without end")]
    public Task A_wait_that_ends_after_the_function(string member, string statement, string message) => Check.Reports("PORT409", Class(member, statement), message);

    [Theory]
    [InlineData("private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(30) };", "")]
    [InlineData("", "using var source = new CancellationTokenSource(TimeSpan.FromSeconds(order.Cents));")]
    [InlineData("", "using var source = new CancellationTokenSource();\nsource.CancelAfter(1000);")]
    [InlineData("private static void Prepare(System.Data.Common.DbCommand command) => command.CommandTimeout = 30;", "")]
    public Task A_wait_that_ends_before_the_function(string member, string statement) => Check.Silent(Class(member, statement));

    [Fact]
    public Task A_function_without_a_timeout_of_its_own() =>
        Check.Silent(HandlerSource.With("using var source = new CancellationTokenSource(TimeSpan.FromHours(1));"));

    [Theory]
    [InlineData("await http.[|GetAsync|](\"https://shop.example\");", "calls HttpClient.GetAsync without its token")]
    [InlineData("await http.GetAsync(\"https://shop.example\", [|CancellationToken.None|]);", "pass 'ct'")]
    [InlineData("await http.PostAsync(\"https://shop.example\", null, [|default|]);", "pass 'ct'")]
    [InlineData("Func<Task> later = () => http.[|GetAsync|](\"https://shop.example\");\nawait later();", "pass 'ct'")]
    [InlineData("Func<CancellationToken, Task> later = inner => http.[|GetAsync|](\"https://shop.example\");\nawait later(ct);", "pass 'inner'")]
    public Task A_token_that_is_not_passed_on(string statement, string message) => Check.Reports("PORT409", HandlerSource.With(statement, parameters: "HttpClient http"), message);

    [Theory]
    [InlineData("await http.GetAsync(\"https://shop.example\", ct);")]
    [InlineData("using var request = new HttpRequestMessage(HttpMethod.Get, \"https://shop.example\");\nusing var reply = http.Send(request, ct);")]
    [InlineData("try { await http.GetAsync(\"https://shop.example\", ct); }\ncatch (HttpRequestException) { await http.GetAsync(\"https://shop.example/undo\", CancellationToken.None); throw; }")]
    [InlineData("try { await http.GetAsync(\"https://shop.example\", ct); }\nfinally { await http.GetAsync(\"https://shop.example/undo\"); }")]
    [InlineData("using var source = CancellationTokenSource.CreateLinkedTokenSource(ct);\nawait http.GetAsync(\"https://shop.example\", source.Token);")]
    public async Task A_token_that_is_passed_on_or_withheld_on_purpose(string statement) =>
        Assert.DoesNotContain(await Check.Run(new Project(HandlerSource.With(statement, parameters: "HttpClient http"))), d => d.Id == "PORT409");

    [Fact]
    public Task The_fix_passes_the_token() => Fix.Changes(
        "PORT409",
        HandlerSource.With("await http.GetAsync(\"https://shop.example\"); // asks\nawait http.PostAsync(\"https://shop.example\", null, CancellationToken.None);", parameters: "HttpClient http"),
        HandlerSource.With("await http.GetAsync(\"https://shop.example\", ct); // asks\nawait http.PostAsync(\"https://shop.example\", null, ct);", parameters: "HttpClient http"),
        all: true);

    [Fact]
    public Task The_fix_names_the_parameter_where_others_are_left_out() => Fix.Changes(
        "PORT409",
        HandlerSource.With("await orders.Send(order);", parameters: "[Queue(\"orders-new\")] IQueue<Order> orders"),
        HandlerSource.With("await orders.Send(order, cancellationToken: ct);", parameters: "[Queue(\"orders-new\")] IQueue<Order> orders"));

    [Fact]
    public Task A_timeout_has_no_fix() => Fix.NotOffered("PORT409", Class("", "using var source = new CancellationTokenSource(TimeSpan.FromSeconds(31));"));

    [Fact]
    public Task Generated_code_is_left_alone() => Check.Silent("// <auto-generated/>\n" + Class("", "using var source = new CancellationTokenSource(TimeSpan.FromSeconds(31));"));

    private static string Class(string member, string statement, bool token = true)
    {
        var source = HandlerSource.With(statement, member).Replace("[Function,", "[Function(TimeoutSeconds = 30),");
        return token ? source : source.Replace("Order order, CancellationToken ct", "Order order");
    }
}
