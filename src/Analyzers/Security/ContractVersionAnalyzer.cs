using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.Security;

/// <summary>PORT805: an event whose contract has no version cannot be changed without breaking whoever takes it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContractVersionAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.ContractVersion,
        "The contract of an event states its version",
        "The event '{0}' of '{1}' states no version: whoever changes the type does not see that others read it, and those cannot tell the two apart; write Version = 1, and the next number with the next change that breaks readers",
        Categories.Security,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.ContractVersion));

    /// <summary>Creates the analyzer.</summary>
    public ContractVersionAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        if (context.Compilation.GetTypeByMetadataName("Portable.EventContractAttribute") is not { } contract)
        {
            return;
        }

        context.RegisterSymbolAction(
            symbol =>
            {
                if (KnownTypes.Find(symbol.Symbol, contract) is not { ApplicationSyntaxReference: { } reference } attribute)
                {
                    return;
                }

                foreach (var argument in attribute.NamedArguments)
                {
                    if (argument.Key == "Version")
                    {
                        return;
                    }
                }

                var type = attribute.ConstructorArguments is [{ Value: string text }] ? text : "";
                symbol.ReportDiagnostic(Diagnostic.Create(Rule, reference.GetSyntax(symbol.CancellationToken).GetLocation(), type, symbol.Symbol.Name));
            },
            SymbolKind.NamedType);
    }
}
