using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.State;

/// <summary>PORT105: nobody can wait for <c>async void</c>, and its exception ends the process.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncVoidAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.AsyncVoid,
        "Asynchronous code of a handler returns a task",
        "{0} is async void: the invocation ends without waiting for it, and an exception in it ends the process with everything else that runs there; return a Task and await it",
        Categories.State,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.AsyncVoid));

    /// <summary>Creates the analyzer.</summary>
    public AsyncVoidAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types) => OnHandlerBodies(context, types, static body =>
    {
        if (body.Kind == HandlerKind.Workflow)
        {
            return;
        }

        // What a function or step returns is for the rules of signatures to say.
        if (body.Kind == HandlerKind.Helper && body.Member is IMethodSymbol { IsAsync: true, ReturnsVoid: true } method)
        {
            body.Report(Rule, PlaceOf(method, body), $"'{method.Name}'");
        }

        foreach (var function in body.Code.LocalFunctions)
        {
            if (function.Symbol is { IsAsync: true, ReturnsVoid: true } && function.Syntax is LocalFunctionStatementSyntax declaration)
            {
                body.Report(Rule, declaration.Identifier.GetLocation(), $"'{function.Symbol.Name}'");
            }
        }

        foreach (var lambda in body.Code.Lambdas)
        {
            if (lambda.Symbol is { IsAsync: true, ReturnsVoid: true } && lambda.Syntax is AnonymousFunctionExpressionSyntax { AsyncKeyword: var keyword } && !IsOfTimer(lambda.Parent?.Type))
            {
                body.Report(Rule, keyword.GetLocation(), $"A lambda in '{body.Member.Name}'");
            }
        }
    });

    private static Location PlaceOf(IMethodSymbol method, HandlerBody body)
    {
        var tree = body.Code.Roots[0].Syntax.SyntaxTree;
        foreach (var location in method.Locations)
        {
            if (location.SourceTree == tree)
            {
                return location;
            }
        }

        return body.Code.Roots[0].Syntax.GetLocation();
    }

    // The timer itself is what must go: PORT106 says so.
    private static bool IsOfTimer(ITypeSymbol? type) => type is { Name: "TimerCallback" or "ElapsedEventHandler" };
}
