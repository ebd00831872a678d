using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Portable.Analyzers.Workflows;

/// <summary>PORT708, first half: two workflows of one name. The parser judges each name by itself.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DuplicateWorkflowNameAnalyzer : PortableAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public DuplicateWorkflowNameAnalyzer()
        : base(WorkflowRules.WorkflowName)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types) =>
        OnMethodsWith(context, types.Workflow, (symbol, method, _) =>
        {
            var index = ProjectIndex.Of(symbol.Compilation, types, symbol.CancellationToken);
            var own = index.Workflows.FirstOrDefault(w => SymbolEqualityComparer.Default.Equals(w.Method, method));
            if (own is null or { Name: "" })
            {
                return;
            }

            var others = index.Workflows
                .Where(w => w != own && string.Equals(w.Name, own.Name, StringComparison.OrdinalIgnoreCase))
                .Select(w => w.Display)
                .ToArray();
            if (others.Length > 0)
            {
                symbol.ReportDiagnostic(Diagnostic.Create(
                    WorkflowRules.WorkflowName,
                    own.Location,
                    own.Name,
                    $"is also the name of {string.Join(" and ", others)}; a definition is deployed under its name: rename one"));
            }
        });
}
