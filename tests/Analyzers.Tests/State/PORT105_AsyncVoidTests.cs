using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.State;

public sealed class PORT105_AsyncVoidTests
{
    [Theory]
    [InlineData("Note(); async void [|Note|]() => await Task.Delay(1);", "'Note' is async void: ")]
    [InlineData("new List<int>().ForEach([|async|] n => await Task.Delay(n));", "A lambda in 'Handle' is async void")]
    [InlineData("Action later = [|async|] () => await Task.Delay(1); later();", null)]
    [InlineData("Action later = [|async|] delegate { await Task.Delay(1); }; later();", null)]
    public Task In_a_body(string statement, string? message) => Check.Reports("PORT105", HandlerSource.With(statement), message);

    [Fact]
    public Task A_method() => Check.Reports("PORT105", HandlerSource.With("Note();", "private async void [|Note|]() => await Task.Delay(1);"), "'Note' is async void");

    [Theory]
    [InlineData("await Note(); async Task Note() => await Task.Delay(1);")]
    [InlineData("Func<Task> later = async () => await Task.Delay(1); await later();")]
    [InlineData("await Task.Run(async () => await Task.Delay(1, ct), ct);")]
    [InlineData("new List<int>().ForEach(n => Console.WriteLine(n));")]
    public Task Tasks(string statement) => Check.Silent(HandlerSource.With(statement));

    [Fact]
    public Task Code_without_handlers_may() => Check.Silent(HandlerSource.Beside("public sealed class View { public async void Clicked() => await Task.Delay(1); }"));

    [Fact]
    public Task Methods_return_a_task_and_are_awaited() => Fix.Changes(
        "PORT105",
        HandlerSource.With("// note\nNote(order);\nthis.Note(order);\nLocal(); // local\nasync void Local() => await Task.Delay(1);", "private async void Note(Order order) => await Task.Delay(order.Cents);"),
        HandlerSource.With("// note\nawait Note(order);\nawait this.Note(order);\nawait Local(); // local\nasync Task Local() => await Task.Delay(1);", "private async Task Note(Order order) => await Task.Delay(order.Cents);"),
        all: true);

    [Theory]
    [InlineData("Action later = Note; later();", "private async void Note() => await Task.Delay(1);")]
    [InlineData("", "public async void Note() => await Task.Delay(1);")]
    [InlineData("", "private async void Note() => await Task.Delay(1);\nprivate void Caller() => Note();")]
    [InlineData("new List<int>().ForEach(async n => await Task.Delay(n));", "")]
    public Task Where_a_caller_cannot_wait_nothing_is_offered(string statement, string members) => Fix.NotOffered("PORT105", HandlerSource.With(statement, members));
}
