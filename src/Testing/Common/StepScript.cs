using Portable.Runtime;

namespace Portable.Testing;

/// <summary>
/// Scripted answers with faults: each step first goes through its faults in the order given, then gives its answer.
/// The same script serves every engine; call <see cref="Reset"/> between runs.
/// </summary>
public sealed class StepScript
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>The handler to give to a simulator. A call of a step that the script does not name throws <see cref="InvalidOperationException"/>.</summary>
    public StepHandlerDelegate Handler => call => new ValueTask<StepReply>(Answer(call));

    /// <summary>The step returns a constant.</summary>
    /// <param name="step">The step's name.</param>
    /// <param name="json">JSON text.</param>
    public StepScript Returns(string step, string json) => Answers(step, _ => json);

    /// <summary>The step's answer is computed from its payload; both are JSON text.</summary>
    public StepScript Answers(string step, Func<string, string> answer)
    {
        Of(step).Answer = answer;
        return this;
    }

    /// <summary>The step's next calls fail.</summary>
    /// <param name="step">The step's name.</param>
    /// <param name="times">How many calls fail.</param>
    /// <param name="code">The error code.</param>
    /// <param name="message">What happened.</param>
    /// <param name="data">Data as JSON text, or <see langword="null"/>.</param>
    public StepScript Fails(string step, int times, string code, string message = "scripted", string? data = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        Of(step).Faults.Add((times, new StepFailure(code, message, data)));
        return this;
    }

    /// <summary>Every further call of the step fails.</summary>
    public StepScript FailsAlways(string step, string code, string message = "scripted", string? data = null) =>
        Fails(step, int.MaxValue, code, message, data);

    /// <summary>Each call of the step takes virtual time.</summary>
    public StepScript Takes(string step, TimeSpan duration)
    {
        Of(step).Duration = duration;
        return this;
    }

    /// <summary>Forgets the calls made so far, so that the faults start again.</summary>
    public void Reset()
    {
        foreach (var entry in _entries.Values)
        {
            entry.Calls = 0;
        }
    }

    private StepReply Answer(StepInvocation call)
    {
        if (!_entries.TryGetValue(call.Step, out var entry))
        {
            throw new InvalidOperationException($"The script says nothing about the step '{call.Step}'.");
        }

        long number = entry.Calls++;
        foreach (var (times, failure) in entry.Faults)
        {
            if (number < times)
            {
                return StepReply.Fail(failure.Code, failure.Message, failure.Data, entry.Duration);
            }

            number -= times;
        }

        return entry.Answer is { } answer
            ? StepReply.Success(answer(call.Input), entry.Duration)
            : throw new InvalidOperationException($"The script has no answer for the step '{call.Step}' after its faults.");
    }

    private Entry Of(string step) => _entries.TryGetValue(step, out var entry) ? entry : _entries[step] = new Entry();

    private sealed class Entry
    {
        public List<(int Times, StepFailure Failure)> Faults { get; } = [];

        public Func<string, string>? Answer { get; set; }

        public TimeSpan Duration { get; set; }

        public int Calls { get; set; }
    }
}
