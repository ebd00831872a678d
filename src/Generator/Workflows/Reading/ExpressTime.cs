using Microsoft.CodeAnalysis;
using Portable.Generator.Discovery;
using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>
/// Whether a workflow fits into the five minutes of an Express execution, as far as its text says: the waits of constant length and the
/// timeouts of steps on its longest way. A loop counts as one round, a step as one call.
/// </summary>
internal sealed class ExpressTime(ReadingContext context, EquatableArray<StepModel> steps)
{
    private readonly Dictionary<string, int> _timeouts = steps.ToDictionary(static step => step.Name, static step => step.TimeoutSeconds, StringComparer.Ordinal);

    /// <summary>Reports the calls and waits at which a way becomes too long.</summary>
    public void Check(IrBlock body) => After(body, 0);

    private long After(IrBlock? block, long seconds)
    {
        foreach (var statement in block?.Statements ?? default)
        {
            seconds = After(statement, seconds);
        }

        return seconds;
    }

    private long After(IrStatement statement, long seconds) => statement switch
    {
        IrStep step => Add(seconds, _timeouts.TryGetValue(step.Step, out var timeout) ? timeout : 0, step.Label),
        IrWait { Seconds: IrLiteral wait, Label: var label } => Add(seconds, long.Parse(wait.Text, System.Globalization.CultureInfo.InvariantCulture), label),
        IrIf branch => Longest(seconds, [branch.Then, branch.Else]),
        IrTry attempt => Failing(attempt, After(attempt.Body, seconds)),
        IrParallel or IrMap => IrWalk.Blocks(statement).Select(block => After(block, seconds)).Append(seconds).Max(),
        IrLoop loop => After(loop.Advance, After(loop.Body, seconds)),
        _ => IrWalk.Blocks(statement).Aggregate(seconds, (before, block) => After(block, before)),
    };

    // A way that ends here does not go on behind it.
    private long Longest(long seconds, IReadOnlyList<IrBlock?> arms)
    {
        var ends = arms.Select(arm => (Seconds: After(arm, seconds), Ends: arm is not null && IrFlow.Ends(arm))).ToList();
        return ends.Where(static arm => !arm.Ends).Select(static arm => arm.Seconds).DefaultIfEmpty(seconds).Max();
    }

    private long Failing(IrTry attempt, long body)
    {
        var handled = After(attempt.Handler, body);
        return IrFlow.Ends(attempt.Handler) ? body : handled;
    }

    private long Add(long before, long seconds, string label)
    {
        var after = before + Math.Max(seconds, 0);
        if (before <= WaitReader.ExpressSeconds && after > WaitReader.ExpressSeconds && context.PlaceOf(label) is { } place)
        {
            context.Report(
                RuleIdentifiers.ExpressWorkflow,
                place,
                $"may be {after} seconds under way when this has ended, by its waits and the timeouts of its steps, and an Express workflow takes five minutes at most: shorten them, or take Express off the workflow");
        }

        return after;
    }
}
