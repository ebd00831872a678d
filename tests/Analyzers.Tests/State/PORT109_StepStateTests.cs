using Portable.Analyzers.Tests.Harness;
using Portable.Analyzers.Tests.Workflows;
using Xunit;

namespace Portable.Analyzers.Tests.State;

public sealed class PORT109_StepStateTests
{
    private const string Reader = "\n[Step] public Task<string> Read(Order order) => Task.FromResult($\"{_count} {s_count} {_list.Count} {Total}\");";
    private const string State = "private int _count;\nprivate static int s_count;\nprivate readonly List<string> _list = [];\npublic int Total { get; private set; }\n";

    [Theory]
    [InlineData("[|_count|] = order.Cents;", "'Touch' keeps '_count' for the step 'Read': ")]
    [InlineData("[|s_count|]++;", "keeps 's_count'")]
    [InlineData("[|Total|] = order.Cents;", "keeps 'Total'")]
    [InlineData("[|_list.Add(order.Id)|];", "keeps '_list'")]
    [InlineData("[|_count|] = 1; _count = 2;", null)]
    public Task A_step_writes_what_another_reads(string statement, string? message) => Check.Reports("PORT109", Source(statement) + Reader + "\n}", message);

    [Fact]
    public Task A_helper_of_a_step_writes_it() => Check.Reports("PORT109", Source("Note(order);") + "\nprivate void Note(Order order) => [|_count|] = order.Cents;" + Reader + "\n}");

    [Fact]
    public Task State_that_no_other_step_reads_is_any_handlers_state() => Check.Reports("PORT101", Source("[|_count|]++;") + "\n}");

    [Fact]
    public Task Static_state_that_no_other_step_reads_is_any_handlers_state() => Check.Reports("PORT102", Source("[|s_count|]++;") + "\n}");

    [Fact]
    public Task What_the_workflow_itself_reads_is_rejected_there() =>
        Check.Reports("PORT704", WorkflowSource.With("await flow.Step(Pack, order with { Cents = [|_count|] });", State + "[Step] public Task Touch(Order order) { _count = order.Cents; return Task.CompletedTask; }"));

    [Theory]
    [InlineData("Console.WriteLine(_count);")]
    [InlineData("var count = order.Cents; count++;")]
    public Task Nothing_is_kept(string statement) => Check.Silent(Source(statement) + Reader + "\n}");

    // The class stays open, for further members.
    private static string Source(string statement) => WorkflowSource.With(
        "await flow.Step(Touch, order);",
        State + $"[Step] public Task Touch(Order order) {{ {statement} return Task.CompletedTask; }}").TrimEnd().TrimEnd('}');
}
