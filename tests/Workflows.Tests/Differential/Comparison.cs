using System.Text.Json.Nodes;
using Portable.Generator.Workflows.Ir;
using Portable.Runtime;

namespace Portable.Workflows.Tests.Differential;

/// <summary>One engine that does something else than the local engine.</summary>
internal sealed record Difference(string Engine, string Kind, Observed Right, Observed Actual);

/// <summary>Compares engines.</summary>
internal static class Comparison
{
    /// <summary>The first difference; <see langword="null"/> when all engines agree.</summary>
    public static async Task<Difference?> RunAsync(Subject subject, Situation situation, CancellationToken cancellationToken)
    {
        var right = (await GuardedAsync(LocalCase.RunAsync, subject, situation, cancellationToken))!;
        if (right.Broken is not null)
        {
            return new Difference("Local", "broken", right, right);
        }

        foreach (var (name, engine) in CaseEngines.Others)
        {
            if (await GuardedAsync(engine, subject, situation, cancellationToken) is { } actual && Between(subject, situation, right, actual) is { } kind)
            {
                return new Difference(name, kind, right, actual);
            }
        }

        return null;
    }

    /// <summary>Runs an engine; whatever it throws is an observation.</summary>
    public static async Task<Observed?> GuardedAsync(CaseEngine engine, Subject subject, Situation situation, CancellationToken cancellationToken)
    {
        try
        {
            return await engine(subject, situation, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return Observed.OfBroken(e.GetType().Name + ": " + e.Message + "\n" + e.StackTrace);
        }
    }

    /// <summary>What differs; <see langword="null"/> for nothing.</summary>
    public static string? Between(Subject subject, Situation situation, Observed right, Observed actual)
    {
        if (actual.Broken is not null)
        {
            return "broken: " + actual.Broken[..Math.Min(40, actual.Broken.Length)];
        }

        if ((right.Failure is null) != (actual.Failure is null))
        {
            return "outcome";
        }

        if (right.Failure is { } failure && Failures(right, failure, actual.Failure!) is { } difference)
        {
            return difference;
        }

        if (right.Failure is null && !JsonNode.DeepEquals(Output(subject, situation, right), Output(subject, situation, actual)))
        {
            return "output";
        }

        if (!Sorted(right.Calls).SequenceEqual(Sorted(actual.Calls)))
        {
            return Sorted(right.Calls, keys: false).SequenceEqual(Sorted(actual.Calls, keys: false)) ? "keys" : "calls";
        }

        if (!right.Published.Order(StringComparer.Ordinal).SequenceEqual(actual.Published.Order(StringComparer.Ordinal)))
        {
            return "published";
        }

        return Ordered(subject).All(member => Undone(member, right).SequenceEqual(Undone(member, actual))) ? null : "order of undoing";
    }

    // The message of a defect is the engine's own, where no .NET code is asked (an index beyond a list); so is that of a wait for an event that
    // timed out, since Step Functions only says that the task did. Every other message and all data come from steps and the workflow itself.
    private static string? Failures(Observed run, StepFailure right, StepFailure actual) =>
        right.Code != actual.Code ? "code"
        : run.IsEventTimeout ? null
        : right.Message != actual.Message ? "message"
        : right.Data != actual.Data ? "data"
        : null;

    // Engines copy JSON as it is: members that the input lacked may be lacking in the output too, which reads the same.
    private static JsonNode? Output(Subject subject, Situation situation, Observed observed) => situation.LacksMembers
        ? JsonNode.Parse(ScriptedSteps.Normalised(subject.Definition.Output, observed.Output!))
        : JsonNode.Parse(observed.Output!);

    private static IEnumerable<string> Sorted(IEnumerable<ObservedCall> calls, bool keys = true) =>
        calls.Select(call => (keys ? call : call with { Key = null }).ToString()).Order(StringComparer.Ordinal);

    // Runs of a child that go on side by side undo in no order that engines share.
    private static IEnumerable<Subject> Ordered(Subject subject)
    {
        var forked = subject.Family.SelectMany(static member => IrWalk.All(member.Model.Body))
            .Where(static statement => statement is IrParallel or IrMap)
            .SelectMany(static fork => IrWalk.Blocks(fork).SelectMany(IrWalk.All))
            .OfType<IrChild>().Select(static child => child.Workflow).ToHashSet(StringComparer.Ordinal);
        return subject.Family.Where(member => !forked.Contains(member.Model.Name));
    }

    private static IEnumerable<(string Step, string Payload)> Undone(Subject member, Observed observed)
    {
        var undoing = member.Model.Steps.Select(static step => step.Compensation?.Step).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return observed.Calls.Where(call => call.Workflow == member.Model.Name && undoing.Contains(call.Step)).Select(static call => (call.Step, call.Payload));
    }
}
