using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Reading;

namespace Portable.Analyzers.Functions;

/// <summary>PORT015, PORT016, PORT018 and PORT019: what a targeted cloud cannot do, or does in part, is said at compile time.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CloudFitAnalyzer : PortableAnalyzer
{
    private const string Fits = " or take azure out of PortableClouds";

    /// <summary>What clouds cannot do: the cloud, whether a trigger asks for it, the rule, and the clause.</summary>
    private static readonly (string Cloud, Func<FunctionModel, bool> Asks, DiagnosticDescriptor Rule, string Clause)[] Gaps =
    [
        ("azure", static function => function.Trigger is QueueTriggerModel { Ordered: true }, DeliveryRules.NotOnEveryCloud,
            "reads an ordered queue, and Azure storage queues keep no order: use a stream, whose partitions do," + Fits),
        ("azure", static function => function.Trigger is TableTriggerModel, DeliveryRules.LessOnSomeCloud,
            "watches a table: on Azure the change feed tells neither deletions nor the row as it was, and an insertion from a modification only as Written; mark rows as deleted where deletions matter"),
        ("azure", static function => function is { DeadLetter: null, Trigger: StreamTriggerModel or TableTriggerModel or DeviceTriggerModel }, DeliveryRules.LostAfterRetries,
            "has no [DeadLetter]: on Azure event hubs, IoT hubs and change feeds move on after the last attempt, and what still failed is gone; name a queue for it," + Fits),
    ];

    /// <summary>Creates the analyzer.</summary>
    public CloudFitAnalyzer()
        : base(DeliveryRules.NotOnEveryCloud, DeliveryRules.LessOnSomeCloud, DeliveryRules.OneTimeZone, DeliveryRules.LostAfterRetries)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var clouds = TargetedClouds.Read(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions);
        OnMethodsWith(context, types.Function, (symbol, method, _) =>
        {
            if (HandlerCode.Of(symbol.Compilation, types).FunctionOf(method, symbol.CancellationToken).Model is not { } model)
            {
                return;
            }

            foreach (var (cloud, asks, rule, clause) in Gaps)
            {
                if (clouds.Contains(cloud) && asks(model))
                {
                    symbol.ReportDiagnostic(Diagnostic.Create(rule, Location(method, symbol.CancellationToken), method.Name, clause));
                }
            }

            if (clouds.Contains("azure") && model.Trigger is ScheduleTriggerModel schedule && OtherZone(symbol, types, method, schedule) is { } other)
            {
                symbol.ReportDiagnostic(Diagnostic.Create(
                    DeliveryRules.OneTimeZone,
                    Location(method, symbol.CancellationToken),
                    method.Name,
                    $"runs by the time of {schedule.TimeZone ?? "UTC"} and {other.Name} by that of {other.Zone}: Azure has one time zone for the whole application; use one," + Fits));
            }
        });
    }

    private static (string Name, string Zone)? OtherZone(SymbolAnalysisContext symbol, KnownTypes types, IMethodSymbol method, ScheduleTriggerModel schedule)
    {
        foreach (var function in ProjectIndex.Of(symbol.Compilation, types, symbol.CancellationToken).Functions)
        {
            if (!SymbolEqualityComparer.Default.Equals(function.Method, method)
                && PortableTypes.Attribute(function.Method, "ScheduleTriggerAttribute") is { } trigger
                && (Readings.Named(trigger, "TimeZone")?.Value as string) is var text
                && (text is "UTC" or "Etc/UTC" ? null : text) is var zone
                && zone != schedule.TimeZone)
            {
                return (function.Method.Name, zone ?? "UTC");
            }
        }

        return null;
    }

    /// <summary>Where the trigger of a function stands.</summary>
    internal static Location Location(IMethodSymbol method, CancellationToken cancellationToken)
    {
        foreach (var attribute in method.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && type.Name.EndsWith("TriggerAttribute", StringComparison.Ordinal) && PortableTypes.IsPortable(type, type.Name))
            {
                return Readings.LocationOf(attribute, method, cancellationToken);
            }
        }

        return Readings.LocationOf(method);
    }
}
