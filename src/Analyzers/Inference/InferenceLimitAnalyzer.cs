using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Generator.Discovery;
using Portable.Generator.Limits;
using Portable.Generator.Workflows.Reading;

namespace Portable.Analyzers.Inference;

/// <summary>PORT604: an inference that takes longer, or sends more, than the endpoints of a targeted cloud allow. Of several clouds the one that gives least is named.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InferenceLimitAnalyzer : PortableAnalyzer
{
    private static readonly string[] Clouds = ["aws", "gcp", "azure"];

    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.InferenceLimit,
        "An inference is within what the targeted clouds' endpoints give",
        "Inference '{0}' {1}, and {2} {3} ({4}): ask for less, hand large inputs over in a bucket, or say Http = true for an endpoint of your own",
        Categories.Inference,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.InferenceLimit));

    /// <summary>Creates the analyzer.</summary>
    public InferenceLimitAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var targeted = TargetedClouds.Read(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions);
        OnMethodsWith(context, types.Inference, (symbol, method, attribute) =>
        {
            // An address of one's own has limits of its own; what Step Functions gives it is PORT013.
            if (Readings.Named(attribute, "Http")?.Value is true)
            {
                return;
            }

            var seconds = Readings.Number(attribute, "TimeoutSeconds");
            Check(symbol, method, attribute, targeted, LimitKind.InferenceTimeout, seconds, $"may take {seconds} s");
            if (method.Parameters.Length > 0)
            {
                var bytes = PayloadSize.MostBytes(method.Parameters[0].Type);
                Check(symbol, method, attribute, targeted, LimitKind.InferencePayload, bytes, $"sends up to {(bytes / 1e6).ToString("0.#", CultureInfo.InvariantCulture)} MB, as the attributes of {method.Parameters[0].Type.Name} say");
            }
        });
    }

    private static void Check(SymbolAnalysisContext symbol, IMethodSymbol method, AttributeData attribute, TargetedClouds targeted, LimitKind kind, long value, string asks)
    {
        Limit? least = null;
        foreach (var cloud in Clouds)
        {
            if (targeted.Contains(cloud) && CloudLimits.Find(cloud, kind) is { } limit && value > limit.Value && (least is null || limit.Value < least.Value))
            {
                least = limit;
            }
        }

        if (least is not null)
        {
            symbol.ReportDiagnostic(Diagnostic.Create(Rule, Readings.LocationOf(attribute, method, symbol.CancellationToken), method.Name, asks, least.Cloud, least.What, least.Source));
        }
    }
}
