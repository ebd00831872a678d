using System.Text.Json;
using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Asl;
using Portable.Generator.Workflows.Ir;
using Portable.Workflows.Tests.Harness;

namespace Portable.Workflows.Tests;

/// <summary>Members have the names that System.Text.Json gives them.</summary>
public sealed class JsonNamesTests
{
    private const string Source = """
        using Portable;
        using System.Text.Json.Serialization;
        namespace App;

        public sealed record In(string OrderId, int TotalCents);
        public sealed record Out([property: JsonPropertyName("ID")] string OrderId, int TotalCents);
        public sealed class W
        {
            [Workflow("w")]
            public async Task<Out> Run(IWorkflow flow, In order)
            {
                await flow.Step(Log, order.OrderId);
                return new Out(order.OrderId, order.TotalCents);
            }

            [Step]
            public Task Log(string text) => Task.CompletedTask;
        }
        """;

    public static TheoryData<string> Names =>
    [
        "", "a", "A", "AB", "ABc", "Id", "ID", "OrderId", "orderId", "IOStream", "HTTPServer2Url", "URL", "URLValue", "X1Y2", "A1", "Total9Cents", "_Private", "Snake_Case",
        "With Space", "AB CD", "Ünïcode", "ÄB", "a1B2", "XMLHttpRequest", "Σίσυφος", "already-kebab", "2Fast", "I", "IA", "ABCDef", "Trailing ", " Leading", "日本",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Policies_agree_with_the_serializer(string name)
    {
        Assert.Equal(JsonNamingPolicy.CamelCase.ConvertName(name), JsonNamingPolicies.Convert(name, JsonNaming.CamelCase));
        Assert.Equal(JsonNamingPolicy.SnakeCaseLower.ConvertName(name), JsonNamingPolicies.Convert(name, JsonNaming.SnakeCaseLower));
        Assert.Equal(JsonNamingPolicy.SnakeCaseUpper.ConvertName(name), JsonNamingPolicies.Convert(name, JsonNaming.SnakeCaseUpper));
        Assert.Equal(JsonNamingPolicy.KebabCaseLower.ConvertName(name), JsonNamingPolicies.Convert(name, JsonNaming.KebabCaseLower));
        Assert.Equal(JsonNamingPolicy.KebabCaseUpper.ConvertName(name), JsonNamingPolicies.Convert(name, JsonNaming.KebabCaseUpper));
        Assert.Equal(name, JsonNamingPolicies.Convert(name, JsonNaming.Exact));
    }

    [Fact]
    public void Without_a_context_names_are_camel_case_and_an_explicit_name_wins()
    {
        var asl = Emit();
        Assert.Contains("$states.input.orderId", asl, StringComparison.Ordinal);
        Assert.Contains("\"ID\": ", asl, StringComparison.Ordinal);
        Assert.Contains("\"totalCents\": ", asl, StringComparison.Ordinal);
    }

    [Fact]
    public void A_context_decides_for_the_whole_workflow()
    {
        var asl = Emit(Context(JsonNaming.KebabCaseLower, "global::App.In", "global::App.Out"));
        Assert.Contains("$states.input.`order-id`", asl, StringComparison.Ordinal);
        Assert.Contains("\"ID\": ", asl, StringComparison.Ordinal);
        Assert.Contains("\"total-cents\": ", asl, StringComparison.Ordinal);
    }

    [Fact]
    public void Payloads_under_different_policies_cannot_be_compiled()
    {
        var model = Compiled.Read(Source).Model!;
        var contexts = EquatableArray.Create(Context(JsonNaming.SnakeCaseLower, "global::App.In"), Context(JsonNaming.Exact, "global::App.Out"));
        Assert.Equal(("In", "Out"), JsonNames.Conflict(model, contexts));
        Assert.Null(JsonNames.Apply(model, contexts).Body);
        Assert.Null(JsonNames.Conflict(model, EquatableArray.Create(Context(JsonNaming.CamelCase, "global::App.In"))));
    }

    private static string Emit(params JsonContextModel[] contexts) => AslEmitter.Emit(JsonNames.Apply(Compiled.Read(Source).Model!, EquatableArray.Create(contexts)))!;

    private static JsonContextModel Context(JsonNaming naming, params string[] types) => new("global::App.Json", naming, EquatableArray.Create(types));
}
