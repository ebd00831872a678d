using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT720_NotReplayableTests
{
    [Theory]
    [InlineData("var now = [|DateTime.UtcNow|];", "use flow.UtcNow")]
    [InlineData("var late = order.Cents > 5 && [|DateTimeOffset.Now|].Hour > 20;", "use flow.UtcNow")]
    [InlineData("var receipt = new Receipt([|Guid.NewGuid()|].ToString(), order.Id);", "use flow.NewGuid()")]
    [InlineData("var number = order.Cents / [|Random.Shared.Next()|];", "takes a random number")]
    [InlineData("var machine = [|Environment.MachineName|];", "depends on the machine")]
    public Task A_value_that_a_replay_would_not_see_again(string statement, string message) =>
        Check.Reports("PORT720", WorkflowSource.With(statement), message);

    [Fact]
    public Task Values_of_the_engine() => Check.Silent(WorkflowSource.With("var now = flow.UtcNow; var id = flow.NewGuid(); var due = flow.UtcNow.AddDays(1);"));

    [Theory]
    [InlineData("var due = DateTimeOffset.UtcNow.AddDays(1);", "var due = flow.UtcNow.AddDays(1);")]
    [InlineData("DateTime now = DateTime.UtcNow;", "DateTime now = flow.UtcNow.UtcDateTime;")]
    [InlineData("var receipt = new Receipt(Guid.NewGuid().ToString(), order.Id);", "var receipt = new Receipt(flow.NewGuid().ToString(), order.Id);")]
    public Task Fix_takes_it_from_the_engine(string before, string after) => Fix.Changes("PORT720", WorkflowSource.With(before), WorkflowSource.With(after));

    [Fact]
    public Task Fix_is_not_offered_where_engines_have_no_such_value() => Fix.NotOffered("PORT720", WorkflowSource.With("var number = Random.Shared.Next();"));
}
