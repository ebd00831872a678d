using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.Functions;

/// <summary>PORT026 and PORT027: what is a secret.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SecretAnalyzer : PortableAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public SecretAnalyzer()
        : base(SecretRules.SecretPlace, SecretRules.SecretName)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types) =>
        context.RegisterSymbolAction(symbol => Members(symbol, types), SymbolKind.NamedType);

    private void Members(SymbolAnalysisContext context, KnownTypes types)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var members = type.GetMembers();
        var isMade = members.Any(member => member is IMethodSymbol { IsStatic: false, MethodKind: MethodKind.Ordinary } method
            && (IsFunction(method, types) || KnownTypes.Find(method, types.Step) is not null || KnownTypes.Find(method, types.Workflow) is not null || KnownTypes.Find(method, types.Inference) is not null));
        var findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (var member in members)
        {
            switch (member)
            {
                case IPropertySymbol property when !IsOfParameter(property):
                    SecretReading.Check(property, isBound: true, findings, context.CancellationToken);
                    break;
                case IMethodSymbol method:
                    foreach (var parameter in method.Parameters)
                    {
                        SecretReading.Check(parameter, method.MethodKind == MethodKind.Constructor ? isMade : IsFunction(method, types), findings, context.CancellationToken);
                    }

                    break;
            }
        }

        Report(findings.ToImmutable(), context.ReportDiagnostic);
    }

    private static bool IsFunction(IMethodSymbol method, KnownTypes types) => KnownTypes.Find(method, types.Function) is not null;

    // [property: Secret] on a record's parameter is a property's; without the target it is the parameter's, which is looked at as such.
    private static bool IsOfParameter(IPropertySymbol property) => property.GetAttributes().IsEmpty;
}
