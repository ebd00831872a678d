using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Portable.Analyzers.Functions;

/// <summary>PORT003: two functions of one name, or a function with the name of a workflow's steps.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DuplicateFunctionNameAnalyzer : PortableAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public DuplicateFunctionNameAnalyzer()
        : base(FunctionRules.DuplicateFunctionName)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types) =>
        OnMethodsWith(context, types.Function, (symbol, method, _) =>
        {
            var index = ProjectIndex.Of(symbol.Compilation, types, symbol.CancellationToken);
            var own = index.Functions.FirstOrDefault(f => SymbolEqualityComparer.Default.Equals(f.Method, method));
            if (own is null)
            {
                return;
            }

            var others = index.Functions.Where(f => f != own && Same(f.Name, own.Name)).Select(f => f.Display).ToArray();
            if (others.Length > 0)
            {
                symbol.ReportDiagnostic(Diagnostic.Create(
                    FunctionRules.DuplicateFunctionName,
                    own.Location,
                    own.Name,
                    $"is also the name of {string.Join(" and ", others)}; clouds tell functions apart by name, ignoring case: rename one with [Function(\"...\")]"));
            }
            else if (index.Workflows.FirstOrDefault(w => Same(w.Name + "-steps", own.Name)) is { } workflow)
            {
                symbol.ReportDiagnostic(Diagnostic.Create(
                    FunctionRules.DuplicateFunctionName,
                    own.Location,
                    own.Name,
                    $"is taken by the function that runs the steps of workflow '{workflow.Name}': choose another name"));
            }
        });

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
