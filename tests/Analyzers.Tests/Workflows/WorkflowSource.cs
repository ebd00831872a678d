namespace Portable.Analyzers.Tests.Workflows;

/// <summary>A workflow around a body under test, with types and steps to use in it.</summary>
internal static class WorkflowSource
{
    public static string With(string body, string members = "") => $$"""
        using Portable;
        namespace Orders;

        public sealed record Order(string Id, int Cents, string? Note);
        public sealed record Receipt(string Id, string Status);
        public static class Tariff
        {
            public static int Factor = 2;
            public static string Mark { get; set; } = "!";
            public static int Twice(int cents) => cents * Factor;
            public static string? Shout(string? note) => note + Mark;
            public static string Stamp() => Mark;
            public static int Half(int cents) => cents / 2;
        }

        public sealed class Fulfilment
        {
            private readonly int _limit = 5;

            [Workflow("fulfilment")]
            public async Task<Receipt> Run(IWorkflow flow, Order order)
            {
                var packed = await flow.Step(Pack, order);
        {{Indent(body, 8)}}
                return new Receipt(order.Id, packed.Status);
            }
        {{(members.Length == 0 ? "" : "\n" + Indent(members, 4) + "\n")}}
            [Step]
            public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "packed"));
        }
        """;

    private static string Indent(string text, int width) =>
        string.Join('\n', text.Split('\n').Select(line => line.Length == 0 ? line : new string(' ', width) + line));
}
