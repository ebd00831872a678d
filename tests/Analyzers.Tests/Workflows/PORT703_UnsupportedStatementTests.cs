using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT703_UnsupportedStatementTests
{
    [Theory]
    [InlineData("[|while (order.Cents > 5) { await flow.Step(Pack, order); }|]", "has a loop")]
    [InlineData("[|foreach (var c in order.Id) { await flow.Step(Pack, order); }|]", "has a loop")]
    [InlineData("[|switch (order.Id) { default: break; }|]", "has a switch")]
    [InlineData("[|order = order;|]", "assigns a variable again")]
    [InlineData("[|Console.WriteLine();|]", "calls 'WriteLine'")]
    [InlineData("[|throw new StepFailed(\"No\");|]", "throws")]
    [InlineData("[|flow.Step(Pack, order);|]", "without awaiting")]
    public Task A_statement_that_engines_do_not_know(string statement, string message) =>
        Check.Reports("PORT703", WorkflowSource.With(statement), message);

    [Theory]
    [InlineData("if (order.Cents > 5) { await flow.Step(Pack, order); } else if (order.Note is null) { return packed; }")]
    [InlineData("var id = order.Id; const int most = 5; if (order.Cents >= most) { return new Receipt(id, \"x\"); }")]
    [InlineData("{ _ = await flow.Step(Pack, order); }")]
    [InlineData("try { await flow.Step(Pack, order); } catch (StepFailed) { return packed; }")]
    public Task Statements_of_the_language(string statement) => Check.Silent(WorkflowSource.With(statement));
}
