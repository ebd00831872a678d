using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.Fit;

/// <summary>PORT501 and PORT502: functions and steps that wait, or ask again and again. Of a wait in a loop that asks, only the loop is reported.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WaitAnalyzer : PortableAnalyzer
{
    /// <summary>The longest wait that is left alone, in seconds, where <c>PortableLongWaitSeconds</c> says nothing.</summary>
    internal const double DefaultSeconds = 2;

    private static readonly DiagnosticDescriptor Waits = new(
        RuleIdentifiers.Wait,
        "A function does not wait",
        "'{0}' waits {1}: the function is paid for while it does nothing, and its timeout goes on; make it a workflow that waits with flow.Delay, or have a schedule or a delayed message start what comes after",
        Categories.Fit,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.Wait));

    private static readonly DiagnosticDescriptor Asks = new(
        RuleIdentifiers.Polling,
        "A function does not ask again and again",
        "'{0}' {1}: the function is paid for all that time, and its timeout cuts the loop off; make it a workflow that waits between the questions, let an event start it, or run the loop in an always-on worker",
        Categories.Fit,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.Polling));

    /// <summary>Creates the analyzer.</summary>
    public WaitAnalyzer()
        : base(Waits, Asks)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var most = Thresholds.Read(context.Options, "PortableLongWaitSeconds", DefaultSeconds);
        var reach = Reach.Of(context.Compilation);
        OnHandlerBodies(context, types, body =>
        {
            if (!body.RunsPerInvocation)
            {
                return;
            }

            List<Wait>? waits = null;
            foreach (var call in body.Code.Calls)
            {
                if (Wait.Of(call) is { } wait)
                {
                    (waits ??= []).Add(wait);
                }
            }

            var polling = body.Code.Loops.Count > 0 ? ReportLoops(body, waits, reach, most) : null;
            foreach (var wait in waits ?? [])
            {
                ReportWait(body, wait, polling, most);
            }
        });
    }

    // The loops that were reported; what is in them is not reported again.
    private static List<ILoopOperation>? ReportLoops(HandlerBody body, List<Wait>? waits, Reach reach, double most)
    {
        List<ILoopOperation>? reported = null;
        List<ExternalCall>? outside = null;
        foreach (var loop in body.Code.Loops)
        {
            if (loop is IForEachLoopOperation || Within(reported, loop.Syntax) || Connections.AreUsedIn(loop, body.Code))
            {
                continue;
            }

            var endless = PollingLoop.IsEndless(loop);
            if (WaitIn(loop, waits) is { } wait)
            {
                outside ??= [.. reach.From(body.Code, body.Context.CancellationToken)];
                if ((wait.What == "PeriodicTimer" || PollingLoop.Asks(loop, body.Code, outside))
                    && !(PollingLoop.IsRetry(loop, body.Code) && (!endless || PollingLoop.HasExit(loop)))
                    && !(PollingLoop.TurnsOf(loop) * wait.Seconds <= most))
                {
                    Report(loop, $"asks again and again in a loop with {wait.What}");
                    continue;
                }
            }

            if (endless && CallsIn(loop, body.Code) && !PollingLoop.HasExit(loop))
            {
                Report(loop, "has a loop without an end");
            }
            else if (IsBusy(loop, body.Code))
            {
                body.Report(Waits, loop.Syntax.GetFirstToken().GetLocation(), body.Member.Name, "in a loop that does nothing");
            }
        }

        return reported;

        void Report(ILoopOperation loop, string what)
        {
            (reported ??= []).Add(loop);
            body.Report(Asks, loop.Syntax.GetFirstToken().GetLocation(), body.Member.Name, what);
        }
    }

    private static void ReportWait(HandlerBody body, Wait wait, List<ILoopOperation>? polling, double most)
    {
        if (wait.Repeats || Within(polling, wait.Call.Syntax) || wait.Seconds <= most || wait.IsAside)
        {
            return;
        }

        var inLoop = false;
        foreach (var loop in body.Code.Loops)
        {
            if (PollingLoop.Contains(loop, wait.Call.Syntax))
            {
                if (PollingLoop.IsRetry(loop, body.Code))
                {
                    return;
                }

                inLoop = true;
            }
        }

        if (wait.Seconds is { } seconds)
        {
            var length = double.IsInfinity(seconds) ? "without an end" : seconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";
            body.Report(Waits, wait.Call.Syntax, body.Member.Name, $"{length} with {wait.What}");
        }
        else if (inLoop)
        {
            body.Report(Waits, wait.Call.Syntax, body.Member.Name, $"in a loop with {wait.What}, each time for as long as it is told");
        }
    }

    private static Wait? WaitIn(ILoopOperation loop, List<Wait>? waits)
    {
        foreach (var wait in waits ?? [])
        {
            if (PollingLoop.Contains(loop, wait.Call.Syntax))
            {
                return wait;
            }
        }

        return null;
    }

    private static bool CallsIn(ILoopOperation loop, BodyFacts code)
    {
        foreach (var call in code.Calls)
        {
            if (PollingLoop.Contains(loop, call.Syntax))
            {
                return true;
            }
        }

        return false;
    }

    // while (!done) { }: no call, nothing written.
    private static bool IsBusy(ILoopOperation loop, BodyFacts code)
    {
        if (loop is not IWhileLoopOperation { Body: IEmptyOperation or IBlockOperation { Operations.IsEmpty: true } } || CallsIn(loop, code))
        {
            return false;
        }

        foreach (var written in code.Written)
        {
            if (PollingLoop.Contains(loop, written.Syntax))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Within(List<ILoopOperation>? loops, SyntaxNode node)
    {
        foreach (var loop in loops ?? [])
        {
            if (PollingLoop.Contains(loop, node))
            {
                return true;
            }
        }

        return false;
    }
}
