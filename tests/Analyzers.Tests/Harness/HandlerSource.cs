namespace Portable.Analyzers.Tests.Harness;

/// <summary>Sources around a piece of handler code under test.</summary>
internal static class HandlerSource
{
    /// <summary>A function of a queue, idempotent and with a dead letter, whose body is the statements.</summary>
    /// <param name="statements">The body; <c>order</c> and <c>ct</c> are in scope.</param>
    /// <param name="members">Other members of its class.</param>
    /// <param name="parameters">Services of its class.</param>
    /// <param name="usings">Lines before all others.</param>
    public static string With(string statements, string members = "", string parameters = "", string usings = "") => $$"""
        {{usings}}
        using Portable;
        using Portable.Runtime;
        namespace Shop;

        public sealed record Order(string Id, string CustomerId, int Cents);

        public sealed class OrderFunctions({{parameters}})
        {
        {{Indented(members, 1)}}
            [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
            public async Task Handle(Order order, CancellationToken ct)
            {
                await Task.CompletedTask;
        {{Indented(statements, 2)}}
            }
        }

        [Startup]
        public sealed class Start : IPortableStartup
        {
            public void Configure(IPortableBuilder app) => app.UseMemoryIdempotency();
        }
        """;

    /// <summary>Code beside a function that does nothing.</summary>
    public static string Beside(string code) => With("") + "\n\n" + code;

    private static string Indented(string code, int depth) =>
        string.Join('\n', code.Split('\n').Select(line => line.Length == 0 ? line : new string(' ', 4 * depth) + line));
}
