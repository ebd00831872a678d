using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;
using Portable.Generator.Limits;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Reading;

namespace Portable.Analyzers.Functions;

/// <summary>PORT028: a timeout or batch that a targeted cloud does not give.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CloudLimitAnalyzer : PortableAnalyzer
{
    private static readonly string[] Clouds = ["aws", "gcp", "azure"];

    /// <summary>Creates the analyzer.</summary>
    public CloudLimitAnalyzer()
        : base(DeliveryRules.CloudLimit)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var targeted = TargetedClouds.Read(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions);
        OnMethodsWith(context, types.Function, (symbol, method, attribute) =>
        {
            if (HandlerCode.Of(symbol.Compilation, types).FunctionOf(method, symbol.CancellationToken).Model is { } model)
            {
                Check(symbol, method, attribute, targeted, model.TimeoutSeconds, model.Trigger);
            }
        });
        OnMethodsWith(context, types.Step, (symbol, method, attribute) => Check(symbol, method, attribute, targeted, Readings.Number(attribute, "TimeoutSeconds"), null));
    }

    private static void Check(SymbolAnalysisContext symbol, IMethodSymbol method, AttributeData attribute, TargetedClouds targeted, int timeout, TriggerModel? trigger)
    {
        foreach (var cloud in Clouds.Where(targeted.Contains))
        {
            // The steps of a workflow on Azure are activities, which have no limit of their own.
            var limit = trigger is null && cloud == "azure" ? null : CloudLimits.Find(cloud, LimitKind.Timeout, NameOf(trigger));
            if (limit is not null && timeout > limit.Value)
            {
                Report(symbol, method, attribute, limit, $"has a timeout of {timeout} s, and");
            }

            if (BatchOf(trigger) is var batch and > 0 && CloudLimits.Find(cloud, LimitKind.BatchSize, trigger is QueueTriggerModel { Ordered: true } ? "fifo" : NameOf(trigger)) is { } most && batch > most.Value)
            {
                Report(symbol, method, attribute, most, $"asks for batches of {batch}, and");
            }
        }
    }

    private static void Report(SymbolAnalysisContext symbol, IMethodSymbol method, AttributeData attribute, Limit limit, string clause) => symbol.ReportDiagnostic(Diagnostic.Create(
        DeliveryRules.CloudLimit,
        Readings.LocationOf(attribute, method, symbol.CancellationToken),
        method.Name,
        $"{clause} {limit.Cloud} {limit.What} ({limit.Source}): ask for less, or take {limit.Cloud} out of PortableClouds"));

    private static string NameOf(TriggerModel? trigger) => trigger switch
    {
        HttpTriggerModel => "http",
        QueueTriggerModel => "queue",
        StreamTriggerModel => "stream",
        StorageTriggerModel => "storage",
        ScheduleTriggerModel => "schedule",
        EventTriggerModel => "event",
        TableTriggerModel => "table",
        DeviceTriggerModel => "device",
        _ => "",
    };

    private static int BatchOf(TriggerModel? trigger) => trigger switch
    {
        QueueTriggerModel queue => queue.BatchSize,
        StreamTriggerModel stream => stream.BatchSize,
        TableTriggerModel table => table.BatchSize,
        _ => 0,
    };
}
