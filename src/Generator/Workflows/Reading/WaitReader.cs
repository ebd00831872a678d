using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Discovery;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>Reads what waits: <c>flow.Delay</c>, <c>flow.Until</c> and <c>flow.Event</c>.</summary>
internal sealed class WaitReader(ReadingContext context, ExpressionReader expressions)
{
    /// <summary>The longest run of an Express workflow.</summary>
    public const int ExpressSeconds = 300;

    /// <summary>The longest run of a workflow on Step Functions.</summary>
    private const int YearSeconds = 31_536_000;

    private const int LongestName = 64;

    private readonly Durations _durations = new(context, expressions);

    public FlowCall? Delay(IInvocationOperation call)
    {
        if (Seconds(call, "delay") is not { } seconds)
        {
            context.GiveUp();
            return null;
        }

        var label = context.Placed(context.Labels.TakeOther("Delay"), call);
        return new FlowCall(context, [], false, (_, source) => [new IrWait(label, seconds, null, source)]);
    }

    public FlowCall? Until(IInvocationOperation call)
    {
        if (FlowCallReader.Argument(call, "time") is not { } argument || expressions.Read(argument) is not { } time)
        {
            context.GiveUp();
            return null;
        }

        var label = context.Labels.TakeOther("Until");
        return new FlowCall(context, [], false, (_, source) => [new IrWait(label, null, time, source)]);
    }

    public FlowCall? Event(IInvocationOperation call)
    {
        var name = FlowCallReader.Argument(call, "name");
        var seconds = Seconds(call, "timeout");
        if (context.IsExpress)
        {
            context.Reject(RuleIdentifiers.ExpressWorkflow, call, "waits for an event, which an Express workflow cannot: take Express off the workflow, or wait in a workflow that runs this one");
        }

        if (name?.ConstantValue is not { HasValue: true, Value: string text } || !IsEventName(text))
        {
            if (name is not null)
            {
                context.Reject(RuleIdentifiers.EventWait, name, $"waits for an event whose name is no constant of letters, digits, hyphens and underscores, at most {LongestName}: name it so, and put what tells runs apart into the run's id");
            }

            context.GiveUp();
            return null;
        }

        if (seconds is IrLiteral { Text: var stated } && long.Parse(stated, System.Globalization.CultureInfo.InvariantCulture) <= 0)
        {
            context.Reject(RuleIdentifiers.EventWait, call, "waits for an event no time at all: give it a timeout above zero");
            return null;
        }

        if (seconds is null)
        {
            return null;
        }

        var label = context.Labels.TakeOther("Event_" + text);
        var type = StepCallReader.ResultOf(call.Type);
        context.AddPayload(type);
        return new FlowCall(
            context,
            [new FlowResult(type, true)],
            false,
            (results, source) => [new IrEvent(label, text, seconds, results[0], source)]);
    }

    private IrExpression? Seconds(IInvocationOperation call, string parameter)
    {
        if (FlowCallReader.Argument(call, parameter) is not { } argument || _durations.Seconds(argument) is not { } seconds)
        {
            context.GiveUp();
            return null;
        }

        if (seconds is IrLiteral { Text: var known } && long.Parse(known, System.Globalization.CultureInfo.InvariantCulture) > YearSeconds)
        {
            context.Reject(RuleIdentifiers.Duration, argument, "waits longer than a year, which no run on Step Functions lasts: end the run, and let a schedule or an event start another one");
            return null;
        }

        if (context.IsExpress && seconds is IrLiteral { Text: var text } && long.Parse(text, System.Globalization.CultureInfo.InvariantCulture) > ExpressSeconds)
        {
            context.Reject(RuleIdentifiers.ExpressWorkflow, argument, "waits longer than the five minutes that an Express workflow may take: take Express off the workflow");
            return null;
        }

        return seconds;
    }

    private static bool IsEventName(string text) =>
        text.Length is > 0 and <= LongestName && text.All(static c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_');
}
