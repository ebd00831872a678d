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

    [Theory]
    [InlineData("try { await flow.Step(Pack, order); } catch (Exception e) { return new Receipt(order.Id, e.Message); }", "try { await flow.Step(Pack, order); } catch (StepFailed e) { return new Receipt(order.Id, e.Message); }")]
    [InlineData("try { await flow.Step(Pack, order); } catch { return packed; }", "try { await flow.Step(Pack, order); } catch (StepFailed) { return packed; }")]
    public Task Fix_catches_the_failure_of_a_step(string before, string after) => Fix.Changes("PORT709", WorkflowSource.With(before), WorkflowSource.With(after));

    [Fact]
    public Task Fix_is_not_offered_for_an_exception_that_means_something() => Fix.NotOffered("PORT709", WorkflowSource.With("try { await flow.Step(Pack, order); } catch (TimeoutException) { return packed; }"));

    [Fact]
    public Task The_failure_of_a_step() => Check.Silent(WorkflowSource.With(
        """
        try { await flow.Step(Pack, order); }
        catch (StepFailed failure) when (failure.Code is "A" or "B") { return packed; }
        catch (StepFailed failure) when (failure.Message.EndsWith(order.Id.ToUpperInvariant())) { return packed; }
        catch (StepFailed failure) { if (failure.Code == "Declined") { return new Receipt(order.Id, failure.Message); } }
        finally { await flow.Step(Pack, order); }
        """));
}
