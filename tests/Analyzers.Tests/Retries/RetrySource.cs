namespace Portable.Analyzers.Tests.Retries;

/// <summary>Functions and steps that may be run again, around a body under test.</summary>
internal static class RetrySource
{
    private const string Start = """


        [Startup]
        public sealed class Start : IPortableStartup
        {
            public void Configure(IPortableBuilder app) => app.UseMemoryIdempotency();
        }
        """;

    /// <summary>A function of a queue with a dead letter and no key, or with other attributes. In the body are <c>order</c>, <c>http</c>, <c>ct</c> in scope.</summary>
    public static string Function(string body, string attributes = "QueueTrigger(\"orders\"), DeadLetter(\"orders-dead\")", string name = "Handle", string parameters = "HttpClient http", string others = "", string header = "", string payload = "Order order") => $$"""
        {{header}}
        using Microsoft.Extensions.Logging;
        using Portable;
        using Portable.Runtime;
        using System.Net.Http.Json;
        namespace Shop;

        public sealed record Order(string Id, int Cents);

        public sealed class OrderFunctions({{parameters}})
        {
            [Function, {{attributes}}]
            public async Task {{name}}({{payload}}, CancellationToken ct)
            {
                await Task.CompletedTask;
        {{Indented(body, 2)}}
            }
        }

        {{others}}
        """ + Start;

    /// <summary>A step in a class with a workflow.</summary>
    public static string Step(string body, string attributes = "Step, Retry(MaxAttempts = 3)", string name = "Charge", string others = "") => $$"""
        using Portable;
        using Portable.Runtime;
        using System.Net.Http.Json;
        namespace Shop;

        public sealed record Order(string Id, int Cents);

        public sealed class Fulfilment(HttpClient http)
        {
            [Workflow("fulfilment")]
            public async Task<string> Run(IWorkflow flow, Order order)
            {
                await flow.Step(Charge, order);
                return order.Id;
            }

            [{{attributes}}]
            public async Task {{name}}(Order order, CancellationToken ct)
            {
        {{Indented(body, 2)}}
            }
        }

        {{others}}
        """ + Start;

    private static string Indented(string code, int depth) =>
        string.Join('\n', code.Split('\n').Select(line => line.Length == 0 ? line : new string(' ', 4 * depth) + line));
}
