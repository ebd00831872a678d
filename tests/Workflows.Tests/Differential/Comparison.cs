using System.Text.Json.Nodes;
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
        var right = (await GuardedAsync(CaseEngines.LocalAsync, subject, situation, cancellationToken))!;
        if (right.Broken is not null)
        {
            return new Difference("Local", "broken", right, right);
        }

        foreach (var (name, engine) in CaseEngines.Others)
        {
            if (await GuardedAsync(engine, subject, situation, cancellationToken) is { } actual && Between(subject, right, actual) is { } kind)
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
            return new Observed(null, null, [], e.GetType().Name + ": " + e.Message + "\n" + e.StackTrace);
        }
    }

    /// <summary>What differs; <see langword="null"/> for nothing.</summary>
    public static string? Between(Subject subject, Observed right, Observed actual)
    {
        if (actual.Broken is not null)
        {
            return "broken: " + actual.Broken[..Math.Min(40, actual.Broken.Length)];
        }

        if ((right.Failure is null) != (actual.Failure is null))
        {
            return "outcome";
        }

        if (right.Failure is { } failure && Failures(failure, actual.Failure!) is { } difference)
        {
            return difference;
        }

        if (right.Failure is null && !JsonNode.DeepEquals(JsonNode.Parse(right.Output!), JsonNode.Parse(actual.Output!)))
        {
            return "output";
        }

        // Whether the other branches of a saga go on when one ends in a defect is the engine's affair: the run fails with it in any case.
        if (subject.Model.IsSaga && right.Failure?.Code.EndsWith("Exception", StringComparison.Ordinal) == true)
        {
            return null;
        }

        if (!Sorted(right.Calls).SequenceEqual(Sorted(actual.Calls)))
        {
            return "calls";
        }

        var undoing = subject.Model.Steps.Select(static step => step.Compensation?.Step).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return Undone(right, undoing).SequenceEqual(Undone(actual, undoing)) ? null : "order of undoing";
    }

    // The message of a timeout or defect is the engine's own.
    private static string? Failures(StepFailure right, StepFailure actual) =>
        right.Code != actual.Code ? "code"
        : right.Code.EndsWith("Exception", StringComparison.Ordinal) || right.Code == StepFailed.TimeoutCode ? null
        : right.Message != actual.Message ? "message"
        : right.Data != actual.Data ? "data"
        : null;

    private static IEnumerable<string> Sorted(IEnumerable<(string Step, string Payload)> calls) =>
        calls.Select(static call => $"{call.Step} {call.Payload}").Order(StringComparer.Ordinal);

    private static IEnumerable<(string Step, string Payload)> Undone(Observed observed, HashSet<string> undoing) =>
        observed.Calls.Where(call => undoing.Contains(call.Step));
}
