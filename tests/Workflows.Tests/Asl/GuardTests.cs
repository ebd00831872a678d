using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Asl;
using Portable.Generator.Workflows.Ir;
using Portable.Testing;
using Portable.Workflows.Tests.Harness;
using JsonNode = System.Text.Json.Nodes.JsonNode;

namespace Portable.Workflows.Tests.Asl;

/// <summary>Checks for defects cost as little as they can: none where a type or the code itself says enough, one Choice for several.</summary>
public sealed class GuardTests(AslOracle oracle) : IClassFixture<AslOracle>
{
    /// <summary>Statements with the numbers of checks (rules that lead to a defect) and of Choices that they become.</summary>
    public static TheoryData<string, int, int> Bodies => new()
    {
        // A list whose type is not nullable is taken at its word.
        { "foreach (var line in order.Lines) await flow.Step(Use, line);", 0, 1 },
        { "await flow.Map(order.Lines, Use);", 0, 0 },
        { "if (order.Lines.Count == 0) return 0; await flow.Step(Use, \"x\");", 0, 1 },
        { "foreach (var line in order.Maybe!) await flow.Step(Use, line);", 1, 2 },

        // Several in a row, and one before a condition, are rules of one Choice.
        { "await flow.Step(Use, order.Lines[order.Left] + order.Lines[order.Right]);", 2, 1 },
        { "if (order.Lines[order.Left] == \"x\") return 1;", 1, 1 },
        { "if (order.Left == 0) return 1; if (order.Right == 0) return 2; await flow.Step(Use, order.Lines[0]);", 1, 1 },

        // Once is enough, as long as nothing changes.
        { "await flow.Step(Use, order.Lines[0]); await flow.Step(Use, order.Lines[0]);", 1, 1 },
        { "await flow.Step(Use, order.Lines[order.Left]); if (order.Right > 0) await flow.Step(Use, order.Lines[order.Left]);", 1, 2 },
        { "await flow.Step(Use, order.Lines[2]); await flow.Step(Use, order.Lines[0]);", 1, 1 },
        { "await flow.Step(Use, order.Lines[0]); await flow.Step(Use, order.Lines[1]);", 2, 2 },
        { "if (order.Right > 0) await flow.Step(Use, order.Lines[0]); await flow.Step(Use, order.Lines[0]);", 2, 2 },
        { "var i = order.Left; await flow.Step(Use, order.Lines[i]); i = order.Right; await flow.Step(Use, order.Lines[i]);", 2, 2 },
        { "await flow.Step(Use, order.Lines[0]); await flow.Map(order.Lines, async line => { await flow.Step(Use, order.Lines[0]); });", 1, 1 },
        { "try { await flow.Step(Use, order.Lines[0]); } catch (StepFailed) { await flow.Step(Use, order.Lines[0]); }", 2, 2 },
        { "var i = 0; while (i < order.Right) { await flow.Step(Use, order.Lines[0]); i++; } await flow.Step(Use, order.Lines[0]);", 2, 1 },
        { "var i = order.Left; while (i < order.Right) { await flow.Step(Use, order.Lines[i]); i++; }", 1, 1 },

        // The code has asked.
        { "if (order.Lines.Count > 1) await flow.Step(Use, order.Lines[1]);", 0, 1 },
        { "if (order.Lines.Count == 0) return 0; await flow.Step(Use, order.Lines[0]);", 0, 1 },
        { "if (!(order.Lines.Count >= 3)) return 0; await flow.Step(Use, order.Lines[2]);", 0, 1 },
        { "if (0 == order.Lines.Count || order.Left > 2) return 0; await flow.Step(Use, order.Lines[0]);", 0, 1 },
        { "while (order.Lines.Count != 0) { await flow.Step(Use, order.Lines[0]); }", 0, 1 },
        { "if (order.Lines.Count < 2) return 0; await flow.Step(Use, order.Lines[2]);", 1, 1 },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void A_check_is_made_once(string body, int checks, int choices)
    {
        var definition = AslEmitter.Emit(Read(body))!;
        oracle.Check(definition);
        var states = JsonNode.Parse(definition)!["States"]!.AsObject();
        var fails = states.Where(state => (string)state.Value!["Type"]! == "Fail").Select(state => state.Key).Where(name => name.StartsWith("Throw", StringComparison.Ordinal)).ToHashSet();
        var all = states.Where(state => (string)state.Value!["Type"]! == "Choice").Select(state => state.Value!["Choices"]!.AsArray()).ToList();
        Assert.True(
            (checks, choices) == (all.Sum(rules => rules.Count(rule => fails.Contains((string)rule!["Next"]!))), all.Count),
            $"{checks} checks in {choices} Choices expected\n{definition}");
    }

    [Theory]
    [InlineData(1, 0, "a", null)]
    [InlineData(9, 0, null, "ArgumentOutOfRangeException")]
    [InlineData(0, -1, null, "ArgumentOutOfRangeException")]
    public void Checks_that_share_a_choice_decide_as_they_did_alone(int left, int right, string? used, string? code)
    {
        var model = Read("if (order.Lines[order.Left] == \"x\") return 1; await flow.Step(Use, order.Lines[order.Right]); return 2;");
        var result = AslWorld.Run(model, $$"""{"lines":["a","x"],"left":{{(left == 1 ? 0 : left)}},"right":{{right}}}""", new StepScript().Returns("Use", "null"));
        Assert.Equal(code, result.Error?.Code);
        Assert.Equal(used is null ? [] : [$"\"{used}\""], result.Calls.Select(call => call.Input));
        Assert.Equal(2, result.Transitions);
    }

    private static WorkflowModel Read(string body)
    {
        var parsed = Compiled.Read($$"""
            using Portable;
            public sealed record Order(IReadOnlyList<string> Lines, IReadOnlyList<string>? Maybe, int Left, int Right);
            public sealed class Flow
            {
                [Workflow("w")]
                public async Task<int> Run(IWorkflow flow, Order order) { {{body}} return 9; }
                [Step] public Task Use(string text) => Task.CompletedTask;
            }
            """);
        Assert.Empty(parsed.Findings);
        return JsonNames.Apply(parsed.Model!, EquatableArray<JsonContextModel>.Empty);
    }
}
