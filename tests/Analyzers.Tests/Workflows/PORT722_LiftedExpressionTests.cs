using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT722_LiftedExpressionTests
{
    [Theory]
    [InlineData("var half = [|order.Cents / -2|];", "evaluates 'order.Cents / -2' in the generated step 'Lift_1', since engines cannot: that is one more invocation when a run gets there")]
    [InlineData("for (var i = 0; i < 3; i++) { var half = [|order.Cents / -2|]; }", "in every round")]
    [InlineData("if (order.Cents > 5 && [|order.Id.StartsWith('x')|]) { return packed; }", "order.Id.StartsWith('x')")]
    [InlineData("var receipt = [|new Receipt(order.Id.Trim(), order.Id.ToUpperInvariant())|];", "new Receipt(")]
    public Task An_expression_that_becomes_a_step(string statement, string message) => Check.Reports("PORT722", WorkflowSource.With(statement), message);

    [Fact]
    public async Task Native_expressions()
    {
        var diagnostics = await Check.Run(new Project(WorkflowSource.With("var more = order.Cents + 5 > 10 ? order.Note ?? order.Id : $\"{order.Id}!\";")));
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id == "PORT722");
    }

    [Fact]
    public async Task Contexts_must_know_the_types_of_the_step()
    {
        var project = new Project(WorkflowSource.With("var codes = order.Id.Split('-');")) { Properties = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add("PublishAot", "true") };
        Assert.Contains(await Check.Run(project), diagnostic => diagnostic.Id == "PORT301" && diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture).Contains("String[]", StringComparison.Ordinal));
    }
}
