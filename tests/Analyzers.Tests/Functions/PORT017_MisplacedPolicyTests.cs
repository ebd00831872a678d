using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT017_MisplacedPolicyTests
{
    [Theory]
    [InlineData("[Function, ScheduleTrigger(\"0 3 * * *\"), [|DeadLetter(\"dead\")|]] public static void Run() { }", "no messages that could go there")]
    [InlineData("[Function, QueueTrigger(\"orders\"), [|DeadLetter(\"orders\")|]] public static void Run(Order order) { }", "round for ever")]
    public Task A_policy_without_effect(string function, string message) => Check.Reports("PORT017", FunctionSource.With(function), message);

    [Theory]
    [InlineData("[Function, QueueTrigger(\"orders\"), DeadLetter(\"orders-dead\"), Retry(MaxAttempts = 5)] public static void Run(Order order) { }")]
    [InlineData("[Function, StreamTrigger(\"clicks\"), DeadLetter(\"clicks-dead\")] public static void Run(Order order) { }")]
    [InlineData("[Function, ScheduleTrigger(\"0 3 * * *\"), Retry(MaxAttempts = 2)] public static void Run() { }")]
    public Task A_policy_with_effect(string function) => Check.Silent(FunctionSource.With(function));
}
