using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Generator.Discovery;
using Portable.Generator.Workflows.Reading;

namespace Portable.Analyzers.Inference;

/// <summary>PORT603: an inference that does not say how long it may take.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InferenceTimeoutAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.InferenceWithoutTimeout,
        "An inference says how long it may take",
        "Inference '{0}' has no TimeoutSeconds and so waits up to {1} s, whatever the model needs: a busy endpoint holds every caller that long; state about twice what its slowest answers take",
        Categories.Inference,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.InferenceWithoutTimeout));

    /// <summary>Creates the analyzer.</summary>
    public InferenceTimeoutAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types) =>
        OnMethodsWith(context, types.Inference, (symbol, method, attribute) =>
        {
            // One that is out of range is PORT013, and one that is no inference yet PORT707.
            if (Readings.Number(attribute, "TimeoutSeconds") == 0 && InferenceParser.Parse(method, symbol.Compilation, symbol.CancellationToken).Model is not null)
            {
                symbol.ReportDiagnostic(Diagnostic.Create(Rule, Readings.LocationOf(attribute, method, symbol.CancellationToken), method.Name, InferenceParser.DefaultTimeoutSeconds));
            }
        });
}
