using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT724_OwnFunctionTests
{
    [Theory]
    [InlineData("await Deep(3); async Task Deep(int n) { if (n > 0) { await [|Deep(n - 1)|]; } await flow.Step(Pack, order); }", "engines know no recursion")]
    [InlineData("[|Forget()|]; async void Forget() { await flow.Step(Pack, order); }", "let it return Task")]
    [InlineData("[|Fill(out var n)|]; void Fill(out int number) { number = 3; }", "let it return what it computes")]
    [InlineData("await [|Any(3)|]; async Task<T> Any<T>(T value) { await flow.Step(Pack, order); return value; }", "is generic")]
    [InlineData("var n = 0; var x = n + await [|Bump()|]; async Task<int> Bump() { n++; await flow.Step(Pack, order); return n; }", "keep its result in a local first")]
    [InlineData("await [|More(flow, default)|];", "leave the parameter out", "private async Task More(IWorkflow flow, CancellationToken ct) { await flow.Step(Pack, new Order(\"a\", 1, null)); }")]
    [InlineData("await [|More(flow)|];", "take 'virtual' off", "public virtual async Task More(IWorkflow flow) { await flow.Step(Pack, new Order(\"a\", 1, null)); }")]
    public Task A_function_that_cannot_stand_where_it_is_called(string statement, string message, string members = "") =>
        Check.Reports("PORT724", WorkflowSource.With(statement, members).Replace("sealed class Fulfilment", members.Contains("virtual") ? "class Fulfilment" : "sealed class Fulfilment"), message);

    [Fact]
    public Task Functions_of_the_workflow() => Check.Silent(WorkflowSource.With(
        "var n = 0; await Bump(2); await Bump(); var text = await More(flow, $\"{n}\"); async Task Bump(int by = 1) { n += by; await flow.Step(Pack, order); }",
        "private static async Task<string> More(IWorkflow flow, string text) { await flow.Delay(TimeSpan.FromSeconds(1)); return text + \"!\"; }"));
}
