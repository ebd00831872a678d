using Microsoft.CodeAnalysis;
using Portable.Analyzers.Tests.Harness;
using Xunit;
using Project = Portable.Analyzers.Tests.Harness.Project;

namespace Portable.Analyzers.Tests.Json;

public sealed class PORT301_PayloadWithoutJsonContextTests
{
    private const string Workflow = """
        using Portable;
        namespace Orders;
        public sealed record Order(string Id);
        public sealed record Receipt(string Id);
        public sealed class Fulfilment
        {
            [Workflow("fulfilment")]
            public async Task<Receipt> Run(IWorkflow flow, Order order)
            {
                var receipt = await flow.Step(Pack, order);
                return receipt;
            }

            [Step] public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id));
        }

        """;

    [Fact]
    public Task Types_that_no_context_names() => Check.Reports(
        "PORT301",
        """
        using System.Text.Json.Serialization;
        using Portable;
        public sealed record Order(string Id);
        public sealed record Receipt(string Id);
        public sealed class Fulfilment
        {
            [Step] public [|Task<Receipt>|] Pack(Order order) => Task.FromResult(new Receipt(order.Id));
            [Step] public Task<string> Count([|List<Order>|] orders) => Task.FromResult("");
        }

        [JsonSerializable(typeof(Order))]
        internal sealed partial class OrdersJson : JsonSerializerContext;
        """,
        "'Receipt' is named by no JsonSerializerContext");

    [Theory]
    [InlineData("PublishAot", "true", DiagnosticSeverity.Error)]
    [InlineData("PublishTrimmed", "True", DiagnosticSeverity.Error)]
    [InlineData("PublishAot", "false", DiagnosticSeverity.Info)]
    [InlineData("PublishAot", "", DiagnosticSeverity.Info)]
    public async Task An_error_where_reflection_is_gone(string property, string value, DiagnosticSeverity severity)
    {
        var project = new Project(Workflow) { Properties = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add(property, value) };

        var diagnostics = await Check.Run(project);

        Assert.Equal(["Receipt", "Order", "Receipt", "Order"], diagnostics.Select(d => d.Properties["TypeName"]!));
        Assert.All(diagnostics, d => Assert.Equal(("PORT301", severity), (d.Id, d.Severity)));
        Assert.All(diagnostics, d => Assert.Equal(DiagnosticSeverity.Error, d.DefaultSeverity));
    }

    [Fact]
    public async Task Simple_types_and_named_types_are_content()
    {
        var diagnostics = await Check.Run(new Project("""
            using System.Text.Json;
            using System.Text.Json.Serialization;
            using Portable;
            namespace Orders;
            public sealed record Order(string Id);
            public sealed class Fulfilment
            {
                [Step] public Task<Order?> Find(Guid id) => Task.FromResult<Order?>(null);
                [Step] public Task<JsonElement> Raw(string id, CancellationToken ct) => Task.FromResult(default(JsonElement));
                [Step] public Task Nothing() => Task.CompletedTask;
            }

            [JsonSerializable(typeof(Order))]
            internal sealed partial class OrdersJson : JsonSerializerContext;
            """));

        Assert.Empty(diagnostics);
    }

    [Fact]
    public Task Fix_adds_the_type_to_the_context() => Fix.Changes(
        "PORT301",
        Workflow + """
        // The contract.
        [System.Text.Json.Serialization.JsonSerializable(typeof(Order))]
        internal sealed partial class OrdersJson : System.Text.Json.Serialization.JsonSerializerContext;
        """,
        Workflow + """
        // The contract.
        [System.Text.Json.Serialization.JsonSerializable(typeof(Order))]
        [System.Text.Json.Serialization.JsonSerializable(typeof(Receipt))]
        internal sealed partial class OrdersJson : System.Text.Json.Serialization.JsonSerializerContext;
        """);

    [Fact]
    public Task Fix_adds_to_a_context_without_attributes() => Fix.Changes(
        "PORT301",
        """
        using System.Text.Json.Serialization;
        using Portable;

        public sealed class Counting
        {
            [Step] public Task Count(Dictionary<string, List<int?>> counts) => Task.CompletedTask;

            // Nested.
            internal sealed partial class CountsJson : JsonSerializerContext;
        }
        """,
        """
        using System.Text.Json.Serialization;
        using Portable;

        public sealed class Counting
        {
            [Step] public Task Count(Dictionary<string, List<int?>> counts) => Task.CompletedTask;

            // Nested.
            [JsonSerializable(typeof(Dictionary<string, List<int?>>))]
            internal sealed partial class CountsJson : JsonSerializerContext;
        }
        """);

    [Fact]
    public Task Fix_writes_a_context_when_there_is_none() => Fix.Changes(
        "PORT301",
        Workflow,
        after: null,
        newFile: ("AppJson.cs", """
            using System.Text.Json;
            using System.Text.Json.Serialization;

            namespace Tests;

            [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
            [JsonSerializable(typeof(Orders.Receipt))]
            internal sealed partial class AppJson : JsonSerializerContext;

            """));

    [Fact]
    public Task Fix_all_writes_one_context_with_every_type() => Fix.Changes(
        "PORT301",
        Workflow,
        after: null,
        newFile: ("AppJson.cs", """
            using System.Text.Json;
            using System.Text.Json.Serialization;

            namespace Tests;

            [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
            [JsonSerializable(typeof(Orders.Order))]
            [JsonSerializable(typeof(Orders.Receipt))]
            internal sealed partial class AppJson : JsonSerializerContext;

            """),
        all: true);

    [Fact]
    public Task Fix_all_adds_every_type_to_the_context() => Fix.Changes(
        "PORT301",
        Workflow + """
        [System.Text.Json.Serialization.JsonSourceGenerationOptions]
        internal sealed partial class OrdersJson : System.Text.Json.Serialization.JsonSerializerContext;
        """,
        Workflow + """
        [System.Text.Json.Serialization.JsonSourceGenerationOptions]
        [System.Text.Json.Serialization.JsonSerializable(typeof(Order))]
        [System.Text.Json.Serialization.JsonSerializable(typeof(Receipt))]
        internal sealed partial class OrdersJson : System.Text.Json.Serialization.JsonSerializerContext;
        """,
        all: true);
}
