using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;
using Portable.Generator.Limits;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Reading;

namespace Portable.Analyzers.Retries;

/// <summary>PORT207: trying again takes longer than the source waits, be it within one invocation or over all deliveries.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RetryBudgetAnalyzer : PortableAnalyzer
{
    private const int VisibilityFactor = 6; // AwsDelivery states the visibility timeout so, as the Lambda developer guide recommends
    private const int MostDeliveries = 100; // of a dead letter policy of Pub/Sub (GoogleDelivery)
    private const int LongestBackoff = 600; // of a retry policy of Pub/Sub (GoogleDelivery)

    private static readonly string[] Clouds = ["aws", "gcp", "azure"];

    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.RetryBudget,
        "Trying again ends before the source does",
        "'{0}' {1}",
        Categories.Retries,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.RetryBudget));

    /// <summary>Creates the analyzer.</summary>
    public RetryBudgetAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var targeted = TargetedClouds.Read(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions);
        var code = HandlerCode.Of(context.Compilation, types);
        OnMethodsWith(context, types.Function, (symbol, method, _) =>
        {
            if (PortableTypes.Attribute(method, "RetryAttribute") is { } retry && code.FunctionOf(method, symbol.CancellationToken).Model is { Retry: { } policy } function)
            {
                CheckDeliveries(symbol, method, retry, function, policy, targeted);
            }
        });
        OnHandlerBodies(context, types, body =>
        {
            if (body is not { Kind: HandlerKind.Function or HandlerKind.Step, Code.Loops.Count: > 0, Member: IMethodSymbol method })
            {
                return;
            }

            foreach (var loop in RetryLoop.In(body.Code))
            {
                if (loop.HasEnd && LoopWaits.Of(loop, body.Code) is { } waits && ProblemOf(body, method, waits.Seconds, code, types, targeted) is { } problem)
                {
                    body.Report(Rule, waits.At, method.Name, $"waits {Text(waits.Seconds)} between its attempts, {problem}: try less often, or throw and let the source deliver it again");
                }
            }
        });
    }

    /// <summary>What ends before the waits of one invocation do.</summary>
    private static string? ProblemOf(in HandlerBody body, IMethodSymbol method, double seconds, HandlerCode code, KnownTypes types, TargetedClouds targeted)
    {
        if (body.Kind == HandlerKind.Step)
        {
            var own = KnownTypes.Find(method, types.Step) is { } step ? Readings.Number(step, "TimeoutSeconds") : 0;
            return own > 0 && seconds > own ? $"and a call of the step ends after its TimeoutSeconds of {own} s" : null;
        }

        if (code.FunctionOf(method, body.Context.CancellationToken).Model is not { } function)
        {
            return null;
        }

        if (function.TimeoutSeconds > 0)
        {
            // What the source waits for is derived from it: visibility timeout and acknowledgement deadline.
            return seconds > function.TimeoutSeconds ? $"and an invocation ends after its TimeoutSeconds of {function.TimeoutSeconds} s" : null;
        }

        foreach (var cloud in Clouds)
        {
            if (targeted.Contains(cloud)
                && (CloudLimits.Find(cloud, LimitKind.Visibility, NameOf(function.Trigger)) ?? CloudLimits.Find(cloud, LimitKind.Timeout, NameOf(function.Trigger))) is { } limit
                && seconds > limit.Value)
            {
                return $"and {cloud} {limit.What} ({limit.Source})";
            }
        }

        return null;
    }

    private static void CheckDeliveries(SymbolAnalysisContext symbol, IMethodSymbol method, AttributeData at, FunctionModel function, RetryModel policy, TargetedClouds targeted)
    {
        foreach (var cloud in Clouds)
        {
            if (targeted.Contains(cloud)
                && CloudLimits.Find(cloud, LimitKind.Retention, NameOf(function.Trigger)) is { } limit
                && (CloudLimits.Find(cloud, LimitKind.Timeout, NameOf(function.Trigger)) is not { } longest || function.TimeoutSeconds <= longest.Value) // else PORT401 has spoken
                && BudgetOf(cloud, function, policy) is var seconds && seconds > limit.Value)
            {
                symbol.ReportDiagnostic(Diagnostic.Create(Rule, Readings.LocationOf(at, method, symbol.CancellationToken), method.Name,
                    $"is tried for up to {Text(seconds)} on {cloud}, which {limit.What} ({limit.Source}), so that the message is gone before the last attempt and in no dead letter: lower MaxAttempts, the intervals or TimeoutSeconds"));
                return;
            }
        }
    }

    /// <summary>The longest time over all deliveries, in seconds, as the emitted settings make it.</summary>
    private static double BudgetOf(string cloud, FunctionModel function, RetryModel policy)
    {
        if (cloud == "aws")
        {
            // A message that failed stays hidden until its visibility timeout is over; the queue knows no other wait.
            return (double)policy.MaxAttempts * VisibilityFactor * function.TimeoutSeconds;
        }

        var attempts = Math.Min(policy.MaxAttempts, MostDeliveries);
        var seconds = (double)attempts * function.TimeoutSeconds;
        var wait = (double)policy.IntervalSeconds;
        for (var i = 1; i < attempts; i++)
        {
            seconds += Math.Min(Math.Min(wait, LongestBackoff), policy.MaxIntervalSeconds > 0 ? policy.MaxIntervalSeconds : LongestBackoff);
            wait = Math.Min(wait * policy.BackoffRate, LongestBackoff);
        }

        return seconds;
    }

    private static string Text(double seconds) => seconds switch
    {
        >= 172_800 => (seconds / 86_400).ToString("0.#", CultureInfo.InvariantCulture) + " days",
        >= 7_200 => (seconds / 3_600).ToString("0.#", CultureInfo.InvariantCulture) + " hours",
        _ => seconds.ToString("0.#", CultureInfo.InvariantCulture) + " s",
    };

    private static string NameOf(TriggerModel trigger) => trigger switch
    {
        HttpTriggerModel => "http",
        ScheduleTriggerModel => "schedule",
        MessageTriggerModel message => message.Shape.Kind,
        _ => "",
    };
}
