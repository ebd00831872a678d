using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.State;

public sealed class PORT104_FireAndForgetTests
{
    private const string Members = "private static Task Mail(Order order) => Task.Delay(order.Cents);\nprivate static ValueTask<int> Count(Order order) => new(order.Cents);\nprivate static readonly HttpClient? Client;";

    [Theory]
    [InlineData("[|Mail(order)|];", "'Handle' starts 'OrderFunctions.Mail' and does not wait for it")]
    [InlineData("[|_ = Mail(order)|];", null)]
    [InlineData("[|_ = Count(order)|];", "'OrderFunctions.Count'")]
    [InlineData("[|Task.Run(() => Mail(order))|];", "'Task.Run'")]
    [InlineData("[|Task.Factory.StartNew(() => order.Cents)|];", "'TaskFactory.StartNew'")]
    [InlineData("[|Mail(order).ContinueWith(_ => { })|];", "'Task.ContinueWith'")]
    [InlineData("[|Mail(order).ConfigureAwait(false)|];", null)]
    [InlineData("[|Client?.GetAsync(\"http://a\")|];", "'HttpClient.GetAsync'")]
    [InlineData("new List<Order>().ForEach(o => [|Mail(o)|]);", null)]
    public Task Work_is_dropped(string statement, string? message) => Check.Reports("PORT104", HandlerSource.With(statement, Members), message);

    [Theory]
    [InlineData("await Mail(order);")]
    [InlineData("_ = await Count(order);")]
    [InlineData("var mail = Mail(order); await mail;")]
    [InlineData("var mails = new List<Task>(); mails.Add(Mail(order)); await Task.WhenAll(mails);")]
    [InlineData("_ = Task.CompletedTask;")]
    [InlineData("Mail(order).Wait();")]
    [InlineData("Console.WriteLine(order.Id);")]
    [InlineData("Func<Task> later = () => Mail(order); await later();")]
    public Task Work_is_waited_for(string statement) => Check.Silent(HandlerSource.With(statement, Members));

    [Fact]
    public Task Code_without_handlers_may() => Check.Silent(HandlerSource.Beside("public sealed class Pump { public void Start() => Task.Run(() => { }); }"));

    [Fact]
    public Task Dropped_work_is_awaited() => Fix.Changes(
        "PORT104",
        HandlerSource.With("// mail\nMail(order); // now\n_ = Count(order);\n_ = Task.Run(\n    () => 1);", Members),
        HandlerSource.With("// mail\nawait Mail(order); // now\nawait Count(order);\nawait Task.Run(\n    () => 1);", Members),
        all: true);

    [Theory]
    [InlineData("void Start() => Mail(order);\nStart();")]
    [InlineData("lock (Members) { Mail(order); }")]
    [InlineData("Client?.GetAsync(\"http://a\");")]
    public Task Where_awaiting_is_not_mechanical_nothing_is_offered(string statement) =>
        Fix.NotOffered("PORT104", HandlerSource.With(statement, Members + "\nprivate static readonly object Members = new();"));
}
