using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.Fit;

/// <summary>PORT504: a function that changes several things outside, one after the other.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CallChainAnalyzer : PortableAnalyzer
{
    /// <summary>How many calls are a chain, where <c>PortableRemoteCallChain</c> says nothing.</summary>
    internal const int DefaultLength = 3;

    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.CallChain,
        "A function makes few calls that change something",
        "'{0}' makes {1} calls one after the other that each change something ({2}): when one fails, those before it are done already, and are done again by the next attempt; make it a workflow, whose steps are tried again and undone one by one",
        Categories.Fit,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.CallChain));

    /// <summary>Creates the analyzer.</summary>
    public CallChainAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var length = Math.Max(2, (int)Thresholds.Read(context.Options, "PortableRemoteCallChain", DefaultLength));
        var reach = Reach.Of(context.Compilation);
        OnHandlerBodies(context, types, body =>
        {
            if (body.Kind != HandlerKind.Function)
            {
                return;
            }

            List<ExternalCall>? changing = null;
            foreach (var call in reach.From(body.Code, body.Context.CancellationToken))
            {
                if (call.HasSideEffect)
                {
                    (changing ??= []).Add(call);
                }
            }

            if (changing is null || CallChain.Different(changing) < length)
            {
                return;
            }

            var chain = CallChain.Longest(body.Code, changing);
            if (chain.Count >= length)
            {
                body.Report(Rule, chain[length - 1].At, body.Member.Name, chain.Count, string.Join(", ", chain.Select(static call => call.What).Distinct()));
            }
        });
    }
}
