using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Portable.Generator.Model;
using Portable.Runtime;
using Portable.Testing;

namespace Portable.Workflows.Tests.Differential;

/// <summary>Answers the steps of one run and its children, and notes the calls of the user's own ones. What a call gives depends on its payload and number only.</summary>
internal sealed partial class ScriptedSteps(Situation situation)
{
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly PortableApp s_app = new("local", [], []);

    private readonly Dictionary<string, int> _calls = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Every call, in order.</summary>
    public List<ObservedCall> Calls { get; } = [];

    /// <summary>Whether the C# of the workflow itself threw something else than a failure.</summary>
    public bool HasDefect { get; private set; }

    /// <summary>Answers a call from an engine that has the payload as JSON.</summary>
    public async ValueTask<StepReply> AnswerAsync(Subject owner, StepInvocation call)
    {
        if (Step(owner, call.Step).Lifted is null)
        {
            return Answer(owner, call.Step, call.Input, call.Key);
        }

        await using var context = new InvocationContext(s_app, "steps", "call", call.Attempt);
        var outcome = await StepRunner.RunAsync(owner.Definition.Step(call.Step), Encoding.UTF8.GetBytes(call.Input), context, TimeProvider.System);
        return outcome.Failure is { } failure ? StepReply.Fail(failure.Code, failure.Message, failure.Data) : StepReply.Success(Encoding.UTF8.GetString(outcome.Output.Span));
    }

    /// <summary>The workflow with steps that are answered here and take their time on a clock.</summary>
    public WorkflowDefinition Define(Subject owner, VirtualTime time, bool isRoot) => owner.Definition with
    {
        Body = async call =>
        {
            try
            {
                return await owner.Definition.Body(call);
            }
            catch (Exception e) when (Note(isRoot && e is not StepFailed))
            {
                throw;
            }
        },
        Steps = [.. owner.Definition.Steps.Select(step => Step(owner, step.Name).Lifted is not null ? step : step with
        {
            TimeoutSeconds = 0,
            Handler = async call =>
            {
                var reply = Answer(owner, step.Name, Encoding.UTF8.GetString(call.Payload.Span), call.Context.IdempotencyKey);
                await time.TakeAsync(reply.Duration).ConfigureAwait(false);
                return reply.Failure is { } failure ? throw failure.ToException() : Encoding.UTF8.GetBytes(reply.Output!);
            },
        })],
    };

    /// <summary>JSON as the type has it: members in order, those that it lacks with their values; identifiers, which every run makes anew, are all alike.</summary>
    public static string Normalised(JsonTypeInfo? type, string json)
    {
        var text = type is null
            ? JsonNode.Parse(json)?.ToJsonString(s_plain)
            : JsonSerializer.SerializeToNode(JsonSerializer.Deserialize(json, type), type)?.ToJsonString(s_plain);
        return Masked(text ?? "null");
    }

    private static string Masked(string text) => Identifier().Replace(text, "<an identifier>");

    private static StepModel Step(Subject owner, string name) => owner.Model.Steps.Single(step => step.Name == name);

    // Never handles: a defect is noted on its way out.
    private bool Note(bool isDefect)
    {
        HasDefect |= isDefect;
        return false;
    }

    private StepReply Answer(Subject owner, string name, string json, string? key)
    {
        var step = Step(owner, name);
        var payload = Normalised(owner.Definition.Step(name).Input, json);
        int number;
        lock (_gate)
        {
            var same = name + " " + payload;
            number = _calls[same] = _calls.GetValueOrDefault(same) + 1;
            Calls.Add(new ObservedCall(owner.Model.Name, name, payload, key is null ? null : Masked(key)));
        }

        // A microsecond is enough to tell calls apart, and small enough for whole seconds to keep their order.
        var duration = TimeSpan.FromMicroseconds(1 + (Situation.Hash(situation.Seed, "duration", name, payload, number.ToString(CultureInfo.InvariantCulture)) & 0x3FFFF));
        if (Situation.Hash(situation.Seed, "slow", name, payload) % 10 == 0)
        {
            duration += TimeSpan.FromSeconds(4);
        }

        if (step.TimeoutSeconds > 0 && duration >= TimeSpan.FromSeconds(step.TimeoutSeconds))
        {
            return StepReply.Fail(StepFailed.TimeoutCode, "The step took longer than its timeout.", null, TimeSpan.FromSeconds(step.TimeoutSeconds));
        }

        foreach (var fault in situation.Faults)
        {
            if (fault.Step == name && number <= fault.Times)
            {
                return StepReply.Fail(fault.Code, fault.Message.Length == 0 ? fault.Code : fault.Message, fault.Data, duration);
            }
        }

        return StepReply.Success(Output(step, payload), duration);
    }

    private string Output(StepModel step, string payload)
    {
        if (step.Output is null)
        {
            return "null";
        }

        if (situation.Fixed.TryGetValue(step.Name, out var given))
        {
            return given;
        }

        var random = new Random(Situation.Hash(situation.Seed, step.Name, payload));
        var output = Values.Json(situation.Results.TryGetValue(step.Name, out var type) ? type : Type(step.Output), random);
        return (situation.LacksMembers ? Values.Without(output, random, onlyNulls: true) : output)?.ToJsonString(s_plain) ?? "null";
    }

    private static Ty Type(TypeRef type) => Enum.GetValues<Ty>().First(candidate =>
        type.FullName.Replace("global::System.Collections.Generic.", "").Replace("global::Generated.Types.", "") == Values.CSharp(candidate));

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Identifier();
}
