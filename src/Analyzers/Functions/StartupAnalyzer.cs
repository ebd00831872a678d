using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.Functions;

/// <summary>PORT011: a startup class that emitted code cannot make, and more than one of them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StartupAnalyzer : PortableAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public StartupAnalyzer()
        : base(FunctionRules.StartupClass)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types) =>
        context.RegisterSymbolAction(
            symbol =>
            {
                var type = (INamedTypeSymbol)symbol.Symbol;
                if (KnownTypes.Find(type, types.Startup) is null)
                {
                    return;
                }

                Report(StartupParser.Parse(type, symbol.CancellationToken).Findings, symbol.ReportDiagnostic);
                var others = ProjectIndex.Of(symbol.Compilation, types, symbol.CancellationToken).Startups
                    .Where(t => !SymbolEqualityComparer.Default.Equals(t, type))
                    .Select(t => t.Name)
                    .ToArray();
                if (others.Length > 0)
                {
                    symbol.ReportDiagnostic(Diagnostic.Create(
                        FunctionRules.StartupClass,
                        type.Locations[0],
                        type.Name,
                        $"is not the only one, {string.Join(" and ", others)} has [Startup] too: keep one and let it call the others"));
                }
            },
            SymbolKind.NamedType);
}
