using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;
using Portable.Generator.Workflows.Reading;

namespace Portable.Analyzers.Fit;

/// <summary>PORT508: a function that promises an answer within milliseconds and may have to start first.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ColdPromiseAnalyzer : PortableAnalyzer
{
    /// <summary>The latency, in milliseconds, that only warm instances have, where <c>PortableWarmLatencyMilliseconds</c> says nothing.</summary>
    internal const double DefaultMilliseconds = 10;

    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.ColdPromise,
        "A function that promises milliseconds is kept warm",
        "Function '{0}' promises an answer within {1} ms and has no [Warm]: a cold start alone takes longer than {2} ms; keep instances warm with [Warm(1)], promise more, or run it in an always-on worker",
        Categories.Fit,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.ColdPromise));

    /// <summary>Creates the analyzer.</summary>
    public ColdPromiseAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var warm = context.Compilation.GetTypeByMetadataName("Portable.WarmAttribute");
        var least = Thresholds.Read(context.Options, "PortableWarmLatencyMilliseconds", DefaultMilliseconds);
        OnMethodsWith(context, types.Function, (symbol, method, attribute) =>
        {
            if (Readings.Number(attribute, "LatencyMilliseconds") is > 0 and var promised && promised < least && KnownTypes.Find(method, warm) is null)
            {
                symbol.ReportDiagnostic(Diagnostic.Create(Rule, PlaceOf(attribute, method, symbol.CancellationToken), method.Name, promised, least.ToString("0.###", CultureInfo.InvariantCulture)));
            }
        });
    }

    private static Location PlaceOf(AttributeData attribute, IMethodSymbol method, CancellationToken cancellationToken)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is AttributeSyntax { ArgumentList.Arguments: var arguments })
        {
            foreach (var argument in arguments)
            {
                if (argument.NameEquals?.Name.Identifier.ValueText == "LatencyMilliseconds")
                {
                    return argument.GetLocation();
                }
            }
        }

        return Readings.LocationOf(attribute, method, cancellationToken);
    }
}
