using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.State;

/// <summary>PORT101: what handler code writes to its own object is gone after the invocation.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InstanceStateAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.InstanceState,
        "A handler keeps nothing in its own object",
        "'{0}' {1} '{2}' of '{3}': the object is made for one invocation and gone after it, so what it keeps never reaches the next; use a local variable, or a store for what is to last",
        Categories.State,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.InstanceState));

    /// <summary>Creates the analyzer.</summary>
    public InstanceStateAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types) => OnHandlerBodies(context, types, Look);

    private static void Look(HandlerBody body)
    {
        if (!body.RunsPerInvocation || IsPlumbing(body.Member) || (body.Code.Written.Count == 0 && body.Code.Members.Count == 0 && body.Code.Calls.Count == 0))
        {
            return;
        }

        var changes = new List<StateChange>();
        StateChange.Collect(body.Code, changes);
        for (var i = 0; i < changes.Count; i++)
        {
            var change = changes[i];
            if (!change.IsStatic && change.IsOwn && !change.IsLazy() && !IsReportedBefore(changes, i) && !WorkflowState.IsUsedByWorkflow(change.Member, body))
            {
                body.Report(Rule, change.At, NameOf(body.Member), change.IsContent ? "changes the collection in" : "writes", change.Member.Name, body.Class.Type.Name);
            }
        }
    }

    // One diagnostic per field and method: the others are the same problem.
    private static bool IsReportedBefore(List<StateChange> changes, int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (!changes[i].IsStatic && changes[i].IsOwn && !changes[i].IsLazy() && SymbolEqualityComparer.Default.Equals(changes[i].Member, changes[index].Member))
            {
                return true;
            }
        }

        return false;
    }

    // A setter does what it is for, and who sets is looked at; disposal ends the object anyway.
    private static bool IsPlumbing(ISymbol member) => member is IMethodSymbol { MethodKind: MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove } or IMethodSymbol { Name: "Dispose" or "DisposeAsync" or "DisposeAsyncCore" };

    private static string NameOf(ISymbol member) => (member as IMethodSymbol)?.AssociatedSymbol?.Name ?? member.Name;
}
