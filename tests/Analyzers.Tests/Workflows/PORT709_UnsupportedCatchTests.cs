using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT709_UnsupportedCatchTests
{
    [Theory]
    [InlineData("try { await flow.Step(Pack, order); } catch (TimeoutException) { return packed; }", "catches something else than StepFailed")]
    [InlineData("try { await flow.Step(Pack, order); } catch { return packed; }", "catches something else than StepFailed")]
    public async Task Another_exception(string statement, string message)
    {
        var diagnostic = Assert.Single(await Check.Run(new Project(WorkflowSource.With(statement))), d => d.Id == "PORT709");
        Assert.Contains(message, diagnostic.GetMessage());
    }

    [Fact]
    public Task A_filter_that_takes_a_step() => Check.Reports(
        "PORT709",
        WorkflowSource.With("try { await flow.Step(Pack, order); } catch (StepFailed f) when ([|f.Message.EndsWith(order.Id.ToUpperInvariant())|]) { return packed; }"),
        "takes a step to compute");

    [Fact]
    public Task The_failure_of_a_step() => Check.Silent(WorkflowSource.With(
        """
        try { await flow.Step(Pack, order); }
        catch (StepFailed failure) when (failure.Code is "A" or "B") { return packed; }
        catch (StepFailed failure) { if (failure.Code == "Declined") { return new Receipt(order.Id, failure.Message); } }
        finally { await flow.Step(Pack, order); }
        """));
}
