using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Json;

public sealed class PORT302_WorkflowJsonNamingTests
{
    private const string Types = """
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using Portable;
        public sealed record Order(string Id);
        public sealed record Quote(long Cents);

        """;

    private const string Steps = """

            [Step] public Task<Quote> Price(Order order) => Task.FromResult(new Quote(1));
        }

        """;

    [Fact]
    public Task Two_contexts_that_name_members_differently() => Check.Reports(
        "PORT302",
        Types + """
        public sealed class Pricing
        {
            [Workflow("pricing")]
            public async Task<Quote> [|Run|](IWorkflow flow, Order order)
            {
                var quote = await flow.Step(Price, order);
                return quote;
            }
        """ + Steps + """
        [JsonSerializable(typeof(Order))] internal sealed partial class First : JsonSerializerContext;
        [JsonSourceGenerationOptions(JsonSerializerDefaults.Web), JsonSerializable(typeof(Quote))] internal sealed partial class Second : JsonSerializerContext;
        """,
        "passes 'Order' and 'Quote' around");

    [Theory]
    [InlineData("[JsonSourceGenerationOptions(JsonSerializerDefaults.Web), JsonSerializable(typeof(Order))]", "[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase), JsonSerializable(typeof(Quote))]")]
    [InlineData("[JsonSerializable(typeof(Order))]", "[JsonSourceGenerationOptions(WriteIndented = true), JsonSerializable(typeof(Quote))]")]
    [InlineData("[JsonSourceGenerationOptions(JsonSerializerDefaults.Web), JsonSerializable(typeof(Order))]", "[JsonSerializable(typeof(string))]")]
    public Task Contexts_that_agree(string first, string second) => Check.Silent(
        Types + """
        public sealed class Pricing
        {
            [Workflow("pricing")]
            public async Task<Quote> Run(IWorkflow flow, Order order)
            {
                var quote = await flow.Step(Price, order);
                return quote;
            }
        """ + Steps + $"""
        {first} internal sealed partial class First : JsonSerializerContext;
        {second} internal sealed partial class Second : JsonSerializerContext;
        """);
}
