using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Portable.Analyzers.Functions;

/// <summary>PORT011, first half: more than one startup class. The parser judges each class by itself.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SeveralStartupClassesAnalyzer : PortableAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public SeveralStartupClassesAnalyzer()
        : base(RuleDescriptors.StartupClass)
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

                var others = ProjectIndex.Of(symbol.Compilation, types, symbol.CancellationToken).Startups
                    .Where(t => !SymbolEqualityComparer.Default.Equals(t, type))
                    .Select(t => t.Name)
                    .ToArray();
                if (others.Length > 0)
                {
                    symbol.ReportDiagnostic(Diagnostic.Create(
                        RuleDescriptors.StartupClass,
                        type.Locations[0],
                        type.Name,
                        $"is not the only one, {string.Join(" and ", others)} has [Startup] too: keep one and let it call the others"));
                }
            },
            SymbolKind.NamedType);
}
