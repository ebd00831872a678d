using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Generator.Discovery;
using Portable.Generator.Discovery.Validation;

namespace Portable.Analyzers.Functions;

/// <summary>PORT029: a validation attribute that emitted code cannot make, and which is therefore not checked.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ValidationAnalyzer : PortableAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public ValidationAnalyzer()
        : base(DeliveryRules.UnusableValidation)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types) =>
        OnMethodsWith(context, types.Function, (symbol, method, _) =>
        {
            if (FunctionParser.PayloadOf(method, symbol.CancellationToken) is not { } payload)
            {
                return;
            }

            ValidationReader.Read(payload, symbol.Compilation, symbol.CancellationToken, (member, attribute) => symbol.ReportDiagnostic(Diagnostic.Create(
                DeliveryRules.UnusableValidation,
                member.Locations.FirstOrDefault(static location => location.IsInSource) ?? method.Locations[0],
                member.ContainingType is null ? member.Name : $"{member.ContainingType.Name}.{member.Name}",
                $"has a validation attribute, {attribute}, that emitted code cannot make: it is not checked; make the attribute and its constructor visible to this project, or check it in the handler of '{method.Name}'")));
        });
}
