using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.Fit;

/// <summary>PORT505: handler code that calls the method of another function.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DirectCallAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.DirectCall,
        "A function calls no other function's method",
        "'{0}' calls the function '{1}' as a method: without its trigger it has no retries, no dead letter and no timeout of its own; send it a message or event, make both steps of a workflow, or move what they share into a service",
        Categories.Fit,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.DirectCall));

    /// <summary>Creates the analyzer.</summary>
    public DirectCallAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var code = HandlerCode.Of(context.Compilation, types);
        var reach = Reach.Of(context.Compilation);
        OnHandlerBodies(context, types, body =>
        {
            if (!body.RunsPerInvocation)
            {
                return;
            }

            foreach (var call in body.Code.Calls)
            {
                // A function that calls itself recurses, which is not this rule's business.
                if (reach.TargetOf(call) is { } target
                    && code.ClassOf(target.ContainingType, body.Context.CancellationToken) is { } handlers
                    && handlers.KindOf(target.OriginalDefinition) == HandlerKind.Function
                    && !SymbolEqualityComparer.Default.Equals(target.OriginalDefinition, body.Member))
                {
                    body.Report(Rule, call.Syntax, body.Member.Name, $"{target.ContainingType.Name}.{target.Name}");
                }
            }
        });
    }
}
