using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Generator.Workflows.Ir;
using Portable.Generator.Workflows.Reading;

namespace Portable.Analyzers.Json;

/// <summary>PORT302: payloads of one workflow whose JSON names follow different policies.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WorkflowJsonNamingAnalyzer : PortableAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public WorkflowJsonNamingAnalyzer()
        : base(FunctionRules.WorkflowJsonNaming)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types) =>
        OnMethodsWith(context, types.Workflow, (symbol, method, _) =>
        {
            if (WorkflowParser.Parse(method, symbol.Compilation, symbol.CancellationToken).Model is { } model
                && JsonNames.Conflict(model, ProjectIndex.Of(symbol.Compilation, types, symbol.CancellationToken).JsonContexts) is { } conflict)
            {
                symbol.ReportDiagnostic(Diagnostic.Create(
                    FunctionRules.WorkflowJsonNaming,
                    method.Locations[0],
                    method.Name,
                    $"passes '{conflict.First}' and '{conflict.Second}' around, whose JSON names follow different policies: give their contexts the same PropertyNamingPolicy"));
            }
        });
}
