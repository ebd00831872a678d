namespace Portable.Analyzers.Tests.Retries;

/// <summary>Handlers with a key under test.</summary>
internal static class KeySource
{
    /// <summary>A function whose trigger and key are the attributes.</summary>
    public static string Function(string attributes, string members, string parameter = "Order order", string types = "") => Source(
        $$"""
            [Function, {{attributes}}]
            public static void Handle({{parameter}}) { }
        """,
        members,
        types);

    /// <summary>A step whose key is the attribute.</summary>
    public static string Step(string attribute, string members) => Source(
        $$"""
            [Workflow("fulfilment")]
            public static async Task<string> Run(IWorkflow flow, Order order) => await flow.Step(Charge, order);

            [Step, {{attribute}}]
            public static Task<string> Charge(Order order) => Task.FromResult(order.ToString()!);
        """,
        members,
        "");

    private static string Source(string handler, string members, string types) => $$"""
        using Portable;
        using Portable.Runtime;
        using System.ComponentModel.DataAnnotations;
        namespace Shop;

        public enum Size { Small, Large }

        public sealed class Customer { public string Id { get; set; } = ""; }

        {{types}}

        public sealed class Order
        {
            {{members}}
        }

        [AllowAnonymous]
        public static class Orders
        {
        {{handler}}
        }

        [Startup]
        public sealed class Start : IPortableStartup
        {
            public void Configure(IPortableBuilder app) => app.UseMemoryIdempotency();
        }
        """;
}
