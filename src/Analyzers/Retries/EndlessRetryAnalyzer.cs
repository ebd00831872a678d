using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.Retries;

/// <summary>PORT204: a loop that makes a call again and again until it succeeds.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EndlessRetryAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.EndlessRetry,
        "Trying again has an end",
        "'{0}' makes {1} again until it succeeds, without a count or a limit, so while the other side is away it runs, and is paid, until its time is up: {2}",
        Categories.Retries,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.EndlessRetry));

    /// <summary>Creates the analyzer.</summary>
    public EndlessRetryAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var reach = Reach.Of(context.Compilation);
        OnHandlerBodies(context, types, body =>
        {
            if (!body.RunsPerInvocation || body.Code.Loops.Count == 0)
            {
                return;
            }

            foreach (var loop in RetryLoop.In(body.Code))
            {
                if (!loop.HasEnd && FirstIn(loop, body, reach) is { } call)
                {
                    body.Report(Rule, loop.Loop.Syntax.GetFirstToken().GetLocation(), body.Member.Name, call.Path,
                        body.Kind == HandlerKind.Step ? "throw, and let [Retry] call the step again" : "count the attempts, or throw and let the message be delivered again");
                }
            }
        });
    }

    private static ExternalCall? FirstIn(RetryLoop loop, in HandlerBody body, Reach reach)
    {
        foreach (var call in reach.From(body.Code, body.Context.CancellationToken))
        {
            if (loop.Tries(call.At))
            {
                return call;
            }
        }

        return null;
    }
}
