using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT718_ThrownFailureTests
{
    [Theory]
    [InlineData("[|throw new InvalidOperationException(\"no\");|]", "throw new StepFailed(\"InvalidOperation\", \"message\")")]
    [InlineData("throw new StepFailed([|\"not a code\"|]);", "letters, digits and underscores")]
    [InlineData("throw new StepFailed(\"No\", \"no\", null, [|new TimeoutException()|]);", "inner exception")]
    public Task What_only_NET_throws(string statement, string message) => Check.Reports("PORT718", WorkflowSource.With("if (order.Cents > 5) { " + statement + " }"), message);

    [Theory]
    [InlineData("throw new StepFailed(\"No\", order.Note, \"{}\");")]
    [InlineData("throw new StepFailed(order.Id);")]
    [InlineData("try { await flow.Step(Pack, order); } catch (StepFailed f) when (f.Code == \"A\") { throw; } catch (StepFailed f) { throw f; }")]
    public Task Failures(string statement) => Check.Silent(WorkflowSource.With("if (order.Cents > 5) { " + statement + " }"));
}
