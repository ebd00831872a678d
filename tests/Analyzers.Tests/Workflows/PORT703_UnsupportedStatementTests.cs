using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT703_UnsupportedStatementTests
{
    [Theory]
    [InlineData("foreach (var c in [|order.Id|]) { await flow.Step(Pack, order); }", "go over an array or a list")]
    [InlineData("[|Console.WriteLine();|]", "calls 'WriteLine'")]
    [InlineData("[|flow.Step(Pack, order);|]", "without awaiting")]
    [InlineData("[|using (var file = new System.IO.MemoryStream()) { }|]", "has a using")]
    [InlineData("[|lock (order) { }|]", "has a lock")]
    [InlineData("again: await flow.Step(Pack, order); [|goto again;|]", "jumps with goto")]
    [InlineData("[|order.Mutable = 1;|]", "order = order with { ... }")]
    [InlineData("[|order.Mutable++;|]", "order = order with { ... }")]
    [InlineData("[|_count = 1;|]", "assigns a member of the class")]
    [InlineData("Func<Order, Task<Receipt>> [|pack = async o => await flow.Step(Pack, o)|];", "keeps a function in 'pack'")]
    [InlineData("_ = [|order.Id|];", "discards a value")]
    [InlineData("var list = new List<int>(); [|list.Clear();|]", "changed by Add and AddRange only")]
    public Task A_statement_that_engines_do_not_know(string statement, string message) =>
        Check.Reports("PORT703", Source(statement), message);

    [Theory]
    [InlineData("if (order.Cents > 5) { await flow.Step(Pack, order); } else if (order.Note is null) { return packed; }")]
    [InlineData("var id = order.Id; const int most = 5; if (order.Cents >= most) { return new Receipt(id, \"x\"); }")]
    [InlineData("{ _ = await flow.Step(Pack, order); }")]
    [InlineData("try { await flow.Step(Pack, order); } catch (StepFailed) { return packed; }")]
    [InlineData("Receipt last; last = packed; for (var i = 0; i < 3; i++) { last = await flow.Step(Pack, order); if (last.Status == \"x\") { continue; } break; } return last;")]
    [InlineData("while (packed.Status != \"done\") { await flow.Delay(TimeSpan.FromMinutes(1)); packed = await flow.Step(Pack, order); } do { order = order with { Cents = 1 }; } while (order.Cents > 5);")]
    [InlineData("switch (order.Cents) { case 1: case 2: return packed; case > 10 when order.Note is null: break; default: throw new StepFailed(\"No\", \"never\"); }")]
    [InlineData("try { await flow.Step(Pack, order); } finally { await flow.Step(Pack, order); }")]
    [InlineData("var (a, b) = await flow.Parallel(flow.Branch(Pack, order), flow.Branch(Twice)); return a; async Task<Receipt> Twice() { await flow.Step(Pack, order); return await flow.Step(Pack, order); }")]
    public Task Statements_of_the_language(string statement) => Check.Silent(Source(statement));

    private static string Source(string statement) => WorkflowSource.With(statement, "private int _count; public int Counted => _count;")
        .Replace("string? Note);", "string? Note) { public int Mutable { get; set; } }", StringComparison.Ordinal);
}
