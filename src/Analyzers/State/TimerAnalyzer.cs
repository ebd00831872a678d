using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.State;

/// <summary>PORT106: a timer of a handler does not tick while the platform has frozen the process.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TimerAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.Timer,
        "A handler has no timers",
        "'{0}' makes a {1}: it does not tick while the platform has frozen the process, and ticks in every process that there is; write a function with [ScheduleTrigger], or wait in a workflow",
        Categories.State,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.Timer));

    /// <summary>Creates the analyzer.</summary>
    public TimerAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types) => OnHandlerBodies(context, types, static body =>
    {
        if (body.Kind == HandlerKind.Workflow)
        {
            return;
        }

        foreach (var creation in body.Code.Creations)
        {
            if (creation.Type is { Name: "Timer", ContainingNamespace: { Name: "Threading" or "Timers", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } space } inner } && !EndsWithTheCall(creation.Syntax))
            {
                body.Report(Rule, creation.Syntax, NameOf(body.Member), $"{space.Name}.{inner.Name}.Timer");
            }
        }

        foreach (var call in body.Code.Calls)
        {
            if (call.TargetMethod is { Name: "CreateTimer", ContainingType: { Name: "TimeProvider", ContainingNamespace.Name: "System" } } && !EndsWithTheCall(call.Syntax))
            {
                body.Report(Rule, call.Syntax, NameOf(body.Member), "timer of TimeProvider");
            }
        }
    });

    // using var watchdog = new Timer(...): it is gone before the invocation ends.
    private static bool EndsWithTheCall(SyntaxNode creation) => creation.Parent switch
    {
        EqualsValueClauseSyntax { Parent.Parent.Parent: LocalDeclarationStatementSyntax local } => local.UsingKeyword != default,
        EqualsValueClauseSyntax { Parent.Parent.Parent: UsingStatementSyntax } => true,
        UsingStatementSyntax => true,
        _ => false,
    };

    private static string NameOf(ISymbol member) => member is IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } ? member.ContainingType.Name : member.Name;
}
