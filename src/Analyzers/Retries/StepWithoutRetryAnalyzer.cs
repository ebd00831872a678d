using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.Retries;

/// <summary>PORT205: a step that depends on something outside and is called once.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StepWithoutRetryAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.StepWithoutRetry,
        "A step that calls out says how often it is tried",
        "Step '{0}' makes {1} and has no [Retry]: it is called once, and the first failure fails the run; say how often it may be tried",
        Categories.Retries,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.StepWithoutRetry));

    /// <summary>Creates the analyzer.</summary>
    public StepWithoutRetryAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var reach = Reach.Of(context.Compilation);
        OnHandlerBodies(context, types, body =>
        {
            if (body.Kind != HandlerKind.Step || PortableTypes.Attribute(body.Member, "RetryAttribute") is not null || TriesItself(body.Code))
            {
                return;
            }

            // Questions count as well: what cannot be asked fails the step like what cannot be done.
            if (reach.From(body.Code, body.Context.CancellationToken) is [var first, ..])
            {
                body.ReportAtName(Rule, body.Member.Name, first.Path);
            }
        });
    }

    private static bool TriesItself(BodyFacts body)
    {
        foreach (var _ in RetryLoop.In(body))
        {
            return true;
        }

        foreach (var call in body.Calls)
        {
            if (call.TargetMethod.ContainingNamespace is { IsGlobalNamespace: false } space && ExternalCalls.Top(space).Name == "Polly")
            {
                return true;
            }
        }

        return false;
    }
}
