using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Portable.Generator.Model;
using Portable.Runtime;
using Portable.Testing;

namespace Portable.Workflows.Tests.Differential;

/// <summary>Answers the steps of one run and notes the calls of the user's own ones. What a call gives depends on its payload and number only.</summary>
internal sealed class ScriptedSteps(Subject subject, Situation situation)
{
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, int> _calls = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Step and payload of every call, in order.</summary>
    public List<(string Step, string Payload)> Calls { get; } = [];

    public StepModel Step(string name) => subject.Model.Steps.Single(step => step.Name == name);

    /// <summary>Answers a call from an engine that has the payload as JSON.</summary>
    public async ValueTask<StepReply> AnswerAsync(StepInvocation call)
    {
        if (Step(call.Step).Lifted is null)
        {
            return Answer(call.Step, call.Input);
        }

        await using var context = new InvocationContext(s_app, "steps", "call", call.Attempt);
        var outcome = await StepRunner.RunAsync(subject.Definition.Step(call.Step), Encoding.UTF8.GetBytes(call.Input), context, TimeProvider.System);
        return outcome.Failure is { } failure ? StepReply.Fail(failure.Code, failure.Message, failure.Data) : StepReply.Success(Encoding.UTF8.GetString(outcome.Output.Span));
    }

    /// <summary>The workflow with steps that are answered here and take their time on a clock.</summary>
    public WorkflowDefinition Define(VirtualTime time) => subject.Definition with
    {
        Steps = [.. subject.Definition.Steps.Select(step => Step(step.Name).Lifted is not null ? step : step with
        {
            TimeoutSeconds = 0,
            Handler = async call =>
            {
                var reply = Answer(step.Name, Encoding.UTF8.GetString(call.Payload.Span));
                await time.TakeAsync(reply.Duration).ConfigureAwait(false);
                return reply.Failure is { } failure ? throw failure.ToException() : Encoding.UTF8.GetBytes(reply.Output!);
            },
        })],
    };

    private static readonly PortableApp s_app = new("local", [], []);

    private StepReply Answer(string name, string json)
    {
        var step = Step(name);
        var payload = Normalised(step, json);
        int number;
        lock (_gate)
        {
            var key = name + " " + payload;
            number = _calls[key] = _calls.GetValueOrDefault(key) + 1;
            Calls.Add((name, payload));
        }

        // A microsecond is enough to tell calls apart, and small enough for whole seconds to keep their order.
        var duration = TimeSpan.FromMicroseconds(1 + (Situation.Hash(situation.Seed, "duration", name, payload, number.ToString(System.Globalization.CultureInfo.InvariantCulture)) & 0x3FFFF));
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

        var output = step.Output is null ? "null"
            : situation.Fixed.TryGetValue(name, out var given) ? given
            : Values.Json(Type(step.Output), new Random(Situation.Hash(situation.Seed, name, payload)))?.ToJsonString(s_plain) ?? "null";
        return StepReply.Success(output, duration);
    }

    // What the step's own code would see.
    private string Normalised(StepModel step, string json) => subject.Definition.Step(step.Name).Input is { } type
        ? JsonSerializer.SerializeToNode(JsonSerializer.Deserialize(json, type), type)?.ToJsonString(s_plain) ?? "null"
        : JsonNode.Parse(json)?.ToJsonString(s_plain) ?? "null";

    private static Ty Type(TypeRef type) => Enum.GetValues<Ty>().First(candidate =>
        type.FullName.Replace("global::System.Collections.Generic.", "").Replace("global::Generated.Types.", "") == Values.CSharp(candidate).TrimEnd('?')
        || type.FullName.Replace("global::System.Collections.Generic.", "").Replace("global::Generated.Types.", "") == Values.CSharp(candidate));
}
