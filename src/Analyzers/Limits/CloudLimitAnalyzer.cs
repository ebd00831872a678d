using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;
using Portable.Generator.Limits;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Reading;

namespace Portable.Analyzers.Limits;

/// <summary>PORT401, PORT402 and PORT403: a timeout, memory or batch that a targeted cloud does not give.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CloudLimitAnalyzer : PortableAnalyzer
{
    /// <summary>The property of a diagnostic with the number that every targeted cloud gives.</summary>
    public const string ValueProperty = "Value";

    private const string StepTrigger = "step";

    private static readonly DiagnosticDescriptor Time = new(
        RuleIdentifiers.TimeLimit,
        "A timeout is within what every targeted cloud gives",
        "'{0}' {1}",
        Categories.Limits,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.TimeLimit));

    private static readonly DiagnosticDescriptor Memory = new(
        RuleIdentifiers.MemoryLimit,
        "Memory is within what every targeted cloud gives",
        "'{0}' {1}",
        Categories.Limits,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.MemoryLimit));

    private static readonly DiagnosticDescriptor Batch = new(
        RuleIdentifiers.BatchLimit,
        "A batch is within what every targeted cloud delivers",
        "'{0}' {1}",
        Categories.Limits,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.BatchLimit));

    /// <summary>Creates the analyzer.</summary>
    public CloudLimitAnalyzer()
        : base(Time, Memory, Batch)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var targeted = TargetedClouds.Read(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions);
        OnMethodsWith(context, types.Function, (symbol, method, attribute) =>
        {
            if (HandlerCode.Of(symbol.Compilation, types).FunctionOf(method, symbol.CancellationToken).Model is not { } model)
            {
                return;
            }

            var trigger = NameOf(model.Trigger);
            Check(symbol, method, Time, attribute, "TimeoutSeconds", model.TimeoutSeconds, $"has a timeout of {model.TimeoutSeconds} s", targeted, LimitKind.Timeout, trigger);
            Check(symbol, method, Memory, attribute, "MemoryMegabytes", model.MemoryMegabytes, $"asks for {model.MemoryMegabytes} MB", targeted, LimitKind.Memory, trigger);
            Check(symbol, method, Memory, attribute, "MemoryMegabytes", model.MemoryMegabytes, $"asks for {model.MemoryMegabytes} MB", targeted, LimitKind.LeastMemory, trigger, least: true);
            if (BatchOf(model.Trigger) is var batch and > 0 && TriggerOf(method) is { } delivery)
            {
                Check(symbol, method, Batch, delivery, "BatchSize", batch, $"asks for batches of {batch}", targeted, LimitKind.BatchSize, model.Trigger is QueueTriggerModel { Ordered: true } ? "fifo" : trigger);
            }
        });
        OnMethodsWith(context, types.Step, (symbol, method, attribute) =>
        {
            var seconds = Readings.Number(attribute, "TimeoutSeconds");
            Check(symbol, method, Time, attribute, "TimeoutSeconds", seconds, $"has a timeout of {seconds} s", targeted, LimitKind.Timeout, StepTrigger);
        });
    }

    private static void Check(
        SymbolAnalysisContext symbol, IMethodSymbol method, DiagnosticDescriptor rule, AttributeData attribute, string property, int value, string asks, TargetedClouds targeted, LimitKind kind, string trigger, bool least = false)
    {
        if (value == 0)
        {
            return;
        }

        var clauses = "";
        var clouds = "";
        long? within = null;
        foreach (var cloud in TargetedClouds.All)
        {
            if (targeted.Contains(cloud) && CloudLimits.Find(cloud, kind, trigger) is { } limit && (least ? value < limit.Value : value > limit.Value))
            {
                clauses += $"{(clauses.Length > 0 ? ", " : "")}and {limit.Cloud} {limit.What} ({limit.Source})";
                clouds += (clouds.Length > 0 ? " and " : "") + limit.Cloud;
                within = within is not { } other ? limit.Value : least ? Math.Max(other, limit.Value) : Math.Min(other, limit.Value);
            }
        }

        if (within is { } bound)
        {
            symbol.ReportDiagnostic(Diagnostic.Create(
                rule,
                LocationOf(attribute, method, property, symbol.CancellationToken),
                ImmutableDictionary<string, string?>.Empty.Add(ValueProperty, bound.ToString(CultureInfo.InvariantCulture)),
                method.Name,
                $"{asks}, {clauses}: ask for {(least ? "more" : "less")}, or take {clouds} out of PortableClouds"));
        }
    }

    // The argument, else the attribute.
    private static Location LocationOf(AttributeData attribute, IMethodSymbol method, string property, CancellationToken cancellationToken)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is AttributeSyntax { ArgumentList: { } list })
        {
            foreach (var argument in list.Arguments)
            {
                if (argument.NameEquals?.Name.Identifier.ValueText == property)
                {
                    return argument.GetLocation();
                }
            }
        }

        return Readings.LocationOf(attribute, method, cancellationToken);
    }

    private static AttributeData? TriggerOf(IMethodSymbol method)
    {
        foreach (var attribute in method.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && type.Name.EndsWith("TriggerAttribute", StringComparison.Ordinal) && PortableTypes.IsPortable(type, type.Name))
            {
                return attribute;
            }
        }

        return null;
    }

    private static string NameOf(TriggerModel trigger) => trigger switch
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

    private static int BatchOf(TriggerModel trigger) => trigger switch
    {
        QueueTriggerModel queue => queue.BatchSize,
        StreamTriggerModel stream => stream.BatchSize,
        TableTriggerModel table => table.BatchSize,
        _ => 0,
    };
}
