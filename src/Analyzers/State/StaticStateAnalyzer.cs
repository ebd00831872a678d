using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.State;

/// <summary>PORT102: static state that an invocation changes is seen by whoever runs next in the same process, and by nobody else.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StaticStateAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.StaticState,
        "An invocation changes no static state",
        "'{0}' {1} '{2}'{3}: invocations of one process see each other's values and other processes never do; {4}",
        Categories.State,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.StaticState));

    /// <summary>Creates the analyzer.</summary>
    public StaticStateAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var reach = Reach.Of(context.Compilation);
        var code = HandlerCode.Of(context.Compilation, types);
        var known = new ConcurrentDictionary<IMethodSymbol, List<StateChange>>(SymbolEqualityComparer.Default);
        OnHandlerBodies(context, types, body =>
        {
            if (!body.RunsPerInvocation)
            {
                return;
            }

            // One diagnostic per member of the handler and piece of state, however often and however deep it is changed.
            HashSet<ISymbol>? reported = null;
            foreach (var change in HandlerState.ChangesOf(body.Code))
            {
                if (change.IsStatic && !WorkflowState.IsTheirs(change.Member, body) && (reported ??= new(SymbolEqualityComparer.Default)).Add(change.Member))
                {
                    Report(body, change, change.At, "");
                }
            }

            HashSet<IMethodSymbol>? seen = null;
            foreach (var call in body.Code.Calls)
            {
                seen?.Clear();
                Follow(body, call, call.Syntax, Reach.Depth, ref seen, ref reported);
            }
        });

        void Follow(HandlerBody body, IInvocationOperation call, SyntaxNode at, int depth, ref HashSet<IMethodSymbol>? seen, ref HashSet<ISymbol>? reported)
        {
            // What stands in a handler class is looked at where it stands.
            if (call.TargetMethod.DeclaringSyntaxReferences.Length == 0
                || reach.TargetOf(call) is not { MethodKind: MethodKind.Ordinary } target
                || code.ClassOf(target.ContainingType, body.Context.CancellationToken) is not null
                || !(seen ??= new(SymbolEqualityComparer.Default)).Add(target)
                || reach.BodyOf(target, body.Context.CancellationToken) is not { } inner)
            {
                return;
            }

            if (!known.TryGetValue(target, out var changes))
            {
                known.TryAdd(target, changes = HandlerState.ChangesOf(inner));
            }

            foreach (var change in changes)
            {
                if (change.IsStatic && (reported ??= new(SymbolEqualityComparer.Default)).Add(change.Member))
                {
                    Report(body, change, at, $" through '{target.ContainingType.Name}.{target.Name}'");
                }
            }

            for (var i = 0; depth > 1 && i < inner.Calls.Count; i++)
            {
                Follow(body, inner.Calls[i], at, depth - 1, ref seen, ref reported);
            }
        }
    }

    private static void Report(HandlerBody body, StateChange change, SyntaxNode at, string through) => body.Report(
        Rule,
        at,
        body.Member.Name,
        change.IsContent ? "changes the static collection" : "writes the static",
        $"{change.Member.ContainingType.Name}.{change.Member.Name}",
        through,
        change.IsContent ? "keep it in a store, or in a cache with a bound that a singleton holds" : "pass the value on, or keep it in a store");
}
