using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT012_HandlerConstructorTests
{
    [Theory]
    [InlineData("public sealed class Nightly { public Nightly() { } public Nightly(IStore store) { } [Function, ScheduleTrigger(\"0 3 * * *\")] public void [|Run|]() { } }", "needs exactly one internal or public constructor")]
    [InlineData("public sealed class Nightly { private Nightly() { } [Function, ScheduleTrigger(\"0 3 * * *\")] public void [|Run|]() { } }", "needs exactly one internal or public constructor")]
    [InlineData("public sealed class Nightly(int count) { public int Count => count; [Function, ScheduleTrigger(\"0 3 * * *\")] public void [|Run|]() { } }", "whose constructor takes 'count', which no service can be")]
    [InlineData("public sealed class Nightly(string text) { public string Text => text; [Function, ScheduleTrigger(\"0 3 * * *\")] public void [|Run|]() { } }", "whose constructor takes 'text'")]
    public Task A_class_that_services_cannot_make(string type, string message) => Check.Reports("PORT012", FunctionSource.With(type), message);

    [Fact]
    public Task One_constructor_of_services() => Check.Silent(FunctionSource.With(
        """
        public sealed class One(IStore store, Clock clock) { public (IStore, Clock) All => (store, clock); [Function, ScheduleTrigger("0 3 * * *")] public void RunOne() { } }
        public sealed class Two { private Two(int count) { } internal Two() { } [Function, ScheduleTrigger("0 3 * * *")] public void RunTwo() { } }
        """));
}
