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
        if (!body.RunsPerInvocation || IsPlumbing(body.Member))
        {
            return;
        }

        // One diagnostic per member of the handler and field: the others are the same problem.
        HashSet<ISymbol>? reported = null;
        foreach (var change in HandlerState.ChangesOf(body.Code))
        {
            if (!change.IsStatic && !WorkflowState.IsTheirs(change.Member, body) && (reported ??= new(SymbolEqualityComparer.Default)).Add(change.Member))
            {
                body.Report(Rule, change.At, NameOf(body.Member), change.IsContent ? "changes the collection in" : "writes", change.Member.Name, body.Class.Type.Name);
            }
        }
    }

    // A setter does what it is for, and who sets is looked at; disposal ends the object anyway.
    private static bool IsPlumbing(ISymbol member) => member is IMethodSymbol { MethodKind: MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove } or IMethodSymbol { Name: "Dispose" or "DisposeAsync" or "DisposeAsyncCore" };

    private static string NameOf(ISymbol member) => (member as IMethodSymbol)?.AssociatedSymbol?.Name ?? member.Name;
}
