using System.Text.RegularExpressions;
using Portable.Generator.Workflows.Asl;
using Portable.Generator.Workflows.GoogleWorkflows;
using Portable.Testing.Asl;
using Portable.Testing.Jsonata;
using Portable.TestKit.ExternalTools;
using Portable.Workflows.Tests.Harness;
using Portable.Workflows.Tests.References;
using JsonNode = System.Text.Json.Nodes.JsonNode;
using JsonObject = System.Text.Json.Nodes.JsonObject;
using JsonValue = System.Text.Json.Nodes.JsonValue;

namespace Portable.Workflows.Tests;

/// <summary>What others' tools say of the emitted definitions: the reference JSONata, the state machine validator and the public schema of Google Workflows.</summary>
public sealed partial class OracleTests(NodeToolsFixture tools) : IClassFixture<NodeToolsFixture>
{
    private const string Failure = """{"errorType":"CardDeclined","errorMessage":"{\u0022code\u0022:\u0022CardDeclined\u0022,\u0022message\u0022:\u0022no: \\u0022x\\u0022\u0022,\u0022data\u0022:\u0022[1]\u0022}"}""";

    // Values of every kind for the workflow's variables: whatever an expression meets, both implementations must say the same.
    private static readonly string[] Values =
    [
        Everything("\"x\"", "7", "true", """{"name":"Ada","tier":3,"email":"e","city":"Bonn","street":null}"""),
        Everything("\"\"", "0", "false", """{"name":"","tier":0}"""),
        Everything("null", "null", "null", "null"),
        Everything("\"made\"", "-9007199254740991", "true", "{}"),
        "{}",
        "null",
        "true",
        "false",
        "\"CardDeclined\"",
        "100001",
        """["one"]""",
        "[]",
    ];

    private static readonly string[] Errors =
    [
        Error("CardDeclined", Failure),
        Error("Sandbox.Timedout", """{"errorMessage":"2026-01-01 Task timed out after 3.00 seconds"}"""),
        Error("Runtime.ExitError", """{"errorType":"Runtime.ExitError","errorMessage":"{\u0022code\u0022: cut"}"""),
        Error("Lambda.TooManyRequestsException", "Rate exceeded"),
        Error("CardDeclined", Failure[..30]),
        """{"Error":"States.Timeout"}""",
        Error("SageMakerRuntime.ModelErrorException", "{not json}"[..5]),
        Error("X", ""),
    ];

    public static TheoryData<string> Workflows => [.. Compiled.CaseNames, .. ReferenceWorkflows.Names.Select(static row => row.Data)];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void State_machines_are_valid(string workflow) => Assert.Empty(tools.Tools.ValidateAsl(AslEmitter.Emit(Model(workflow))!));

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Google_workflows_fit_the_public_schema(string workflow) =>
        Assert.Empty(tools.Tools.ValidateGoogleWorkflow(GoogleWorkflowsEmitter.Emit(Model(workflow))!));

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Expressions_mean_to_the_reference_what_they_mean_to_the_simulator(string workflow)
    {
        var oracle = tools.Tools;
        var expressions = AslSimulator.Parse(AslEmitter.Emit(Model(workflow))!).Expressions.Select(expression => expression.Text.Replace("{%", "").Replace("%}", "").Trim()).Distinct().ToList();
        Assert.NotEmpty(expressions);
        foreach (var text in expressions)
        {
            foreach (var variables in Environments(text))
            {
                var expected = oracle.Jsonata(text, null, variables);
                var actual = Evaluate(text, variables);
                Assert.True(Same(expected, actual), $"{text}\nwith {string.Join(", ", variables)}\nreference: {expected}\nours: {actual}");
            }
        }
    }

    [Fact]
    public void A_lambda_error_becomes_a_failure()
    {
        Becomes(Errors[0], """{"code":"CardDeclined","message":"no: \"x\"","data":"[1]"}""");
        Becomes(Errors[1], """{"code":"Timeout","message":"2026-01-01 Task timed out after 3.00 seconds","data":null}""");
        Becomes(Errors[3], """{"code":"Lambda.TooManyRequestsException","message":"Rate exceeded","data":null}""");
        Becomes(Errors[4], $$"""{"code":"CardDeclined","message":{{JsonValue.Create(Failure[..30]).ToJsonString()}},"data":null}""");
        Becomes(Errors[5], """{"code":"Timeout","message":"States.Timeout","data":null}""");
        Becomes(Errors[7], """{"code":"X","message":"X","data":null}""");
    }

    [Fact]
    public void An_endpoints_error_becomes_a_failure()
    {
        Becomes(Errors[5], """{"code":"Timeout","message":"States.Timeout","data":null}""", AslCall.Endpoint);
        Becomes(Error("SageMakerRuntime.ModelErrorException", "{bad"), """{"code":"InferenceFailed","message":"{bad","data":null}""", AslCall.Endpoint);
    }

    private static void Becomes(string error, string failure, AslCall call = AslCall.Function)
    {
        var result = JsonataExpression.Parse(AslErrors.Failure("$states.errorOutput", call)).Evaluate(null, new Dictionary<string, string> { ["states"] = $$"""{"errorOutput":{{error}}}""" });
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(failure), JsonNode.Parse(result.Json!)), result.Json);
    }

    private static WorkflowModel Model(string workflow) => Compiled.CaseNames.Contains(workflow) ? Compiled.Case(workflow) : ReferenceWorkflows.Model(workflow);

    private static IEnumerable<Dictionary<string, string>> Environments(string expression)
    {
        var names = Variable().Matches(expression).Select(match => match.Groups[1].Value).Distinct().ToList();
        var isError = expression.Contains("$e.Error", StringComparison.Ordinal);
        foreach (var value in isError ? Errors : Values)
        {
            var states = new JsonObject
            {
                ["input"] = JsonNode.Parse(value),
                ["errorOutput"] = JsonNode.Parse(value),
                ["result"] = new JsonObject { ["Payload"] = JsonNode.Parse(value), ["Body"] = value },
                ["context"] = new JsonObject { ["Execution"] = new JsonObject { ["Name"] = "run-1" }, ["State"] = new JsonObject { ["RetryCount"] = 2 } },
            }.ToJsonString();
            yield return names.ToDictionary(name => name, name => name == "states" ? states : value);
        }
    }

    private static OracleResult Evaluate(string text, IReadOnlyDictionary<string, string> variables)
    {
        try
        {
            return new OracleResult(JsonataExpression.Parse(text).Evaluate(null, variables).Json, null, null);
        }
        catch (JsonataException e)
        {
            return new OracleResult(null, e.Code, e.Message);
        }
    }

    private static bool Same(OracleResult expected, OracleResult actual) =>
        expected.IsError ? actual.ErrorCode == expected.ErrorCode || (actual.IsError && expected.ErrorCode == "ParseFailed")
        : !actual.IsError && expected.IsUndefined == actual.IsUndefined && (expected.IsUndefined || JsonNode.DeepEquals(JsonNode.Parse(expected.Json!), JsonNode.Parse(actual.Json!)));

    private static string Everything(string text, string number, string flag, string nested) => $$"""
        {"id":{{text}},"orderId":{{text}},"status":{{text}},"note":{{text}},"level":{{text}},"detail":{{text}},"code":{{text}},"message":{{text}},"data":{{text}},
        "totalCents":{{number}},"weight":{{number}},"discount":{{number}},"score":{{number}},"amount":{{number}},"express":{{flag}},"insured":{{flag}},"blocked":{{flag}},
        "customer":{{nested}},"shipTo":{{nested}},"tags":["one"]}
        """;

    private static string Error(string error, string cause) => new JsonObject { ["Error"] = error, ["Cause"] = cause }.ToJsonString();

    // Names that the expression does not define itself or calls.
    [GeneratedRegex(@"\$([a-zA-Z_]\w*)(?!\w|\()(?!\s*:=)")]
    private static partial Regex Variable();
}
