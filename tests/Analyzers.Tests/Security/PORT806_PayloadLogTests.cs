using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Security;

public sealed class PORT806_PayloadLogTests
{
    private const string Members = """
        private static readonly ILogger Logger = null!;
        private static void Helper(Order given) => Logger.LogInformation("{Order}", given.Id);
        """;

    [Theory]
    [InlineData("Logger.LogInformation(\"{Order}\", [|order|]);", "'Handle' logs the whole of 'order': ")]
    [InlineData("Logger.LogInformation(\"{Id} {Order}\", order.Id, [|order|]);", "log what identifies it, such as 'order.Id'")]
    [InlineData("Logger.LogError(new Exception(), $\"failed {[|order|]}\");", null)]
    [InlineData("Logger.LogInformation(\"{@Order}\", [|order|]);", null)]
    [InlineData("Logger.LogInformation(System.Text.Json.JsonSerializer.Serialize([|order|]));", null)]
    [InlineData("Console.WriteLine([|order|]);", null)]
    [InlineData("Console.WriteLine(\"order \" + [|order|]);", null)]
    [InlineData("Console.WriteLine([|order|].ToString());", null)]
    [InlineData("Console.WriteLine(\"{0}\", [|order|]);", null)]
    [InlineData("await Console.Error.WriteLineAsync($\"{[|order|]}\");", null)]
    [InlineData("using var scope = Logger.BeginScope(\"{Order}\", [|order|]);", null)]
    public Task A_payload_is_logged(string statement, string? message) => Check.Reports("PORT806", Source(statement), message);

    [Theory]
    [InlineData("Logger.LogInformation(\"{Id}\", order.Id);")]
    [InlineData("Console.WriteLine($\"{order.Id} costs {order.Cents}\");")]
    [InlineData("Console.WriteLine(System.Text.Json.JsonSerializer.Serialize(order.Id));")]
    [InlineData("var text = order.ToString(); var json = System.Text.Json.JsonSerializer.Serialize(order);")]
    [InlineData("var other = new Order(\"a\", \"b\", 1); Logger.LogInformation(\"{Order}\", other);")]
    [InlineData("Helper(order);")]
    public Task Members_of_it_are_logged(string statement) => Check.Silent(Source(statement));

    [Theory]
    [InlineData("public sealed record Order(string Id, string CustomerId, int Cents) { public override string ToString() => Id; }")]
    [InlineData("public sealed class Order { public string Id { get; set; } = \"\"; public string CustomerId { get; set; } = \"\"; public int Cents { get; set; } }")]
    public Task A_text_that_does_not_show_it(string type) => Check.Silent(Source("Logger.LogInformation(\"{Order}\", order); Console.WriteLine(order);").Replace("public sealed record Order(string Id, string CustomerId, int Cents);", type));

    [Fact]
    public Task A_helper_is_handed_the_payload() => Check.Reports("PORT806", Source("Helper(order);").Replace("\"{Order}\", given.Id", "\"{Order}\", [|given|]"), "'Helper' logs the whole of 'given'");

    [Fact]
    public Task A_step_logs_its_payload() => Check.Reports("PORT806", Source("") + "\n\npublic sealed class Steps { [Step] public Task Pack(Order order, CancellationToken ct) { Console.WriteLine([|order|]); return Task.CompletedTask; } }");

    [Fact]
    public Task The_body_of_a_message() => Check.Reports(
        "PORT806",
        Source("") + "\n\npublic static class Texts { [Function, QueueTrigger(\"texts\"), DeadLetter(\"dead\")] public static void Take(Message<string> message) => Console.WriteLine([|message.Body|]); }");

    [Fact]
    public Task A_generated_log_method() => Check.Reports(
        "PORT806",
        Source("Log.Placed(Logger, [|order|]);") + "\n\npublic static partial class Log { [LoggerMessage(1, LogLevel.Information, \"{Order}\")] public static partial void Placed(ILogger logger, Order order); }");

    [Fact]
    public Task Code_without_handlers_may() => Check.Silent(HandlerSource.Beside("public static class Tool { public static void Show(Order order) => Console.WriteLine(order); }"));

    private static string Source(string statement) => HandlerSource.With(statement, Members, usings: "using Microsoft.Extensions.Logging;");
}
