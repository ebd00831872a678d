using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.State;

/// <summary>PORT109: what steps of a workflow hand each other by a field of their class does not arrive.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StepStateAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.StepState,
        "Steps of a workflow hand each other nothing by fields",
        "'{0}' keeps '{1}' for the step '{2}': each step runs in an object and mostly in a process of its own, and a replayed workflow does not run it again; return the value, and pass it on in the payload",
        Categories.State,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.StepState));

    /// <summary>Creates the analyzer.</summary>
    public StepStateAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types) => OnHandlerBodies(context, types, static body =>
    {
        if (!body.RunsPerInvocation || body.Code.Members.Count == 0 || !WorkflowState.HasWorkflow(body.Class))
        {
            return;
        }

        HashSet<ISymbol>? reported = null;
        foreach (var change in HandlerState.ChangesOf(body.Code))
        {
            if (SymbolEqualityComparer.Default.Equals(change.Member.ContainingType, body.Class.Type)
                && !WorkflowState.IsUsedByWorkflow(change.Member, body)
                && WorkflowState.ReaderOf(change.Member, body) is { } reader
                && (reported ??= new(SymbolEqualityComparer.Default)).Add(change.Member))
            {
                body.Report(Rule, change.At, body.Member.Name, change.Member.Name, reader.Name);
            }
        }
    });
}
