using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.Fit;

/// <summary>PORT506: handler code that calls a function by its address or with a cloud's SDK.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RemoteCallAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.RemoteCall,
        "A function calls no other function by its address",
        "'{0}' calls {1}: both are paid while one waits for the other, one timeout must hold both, and neither can be moved alone; send a message or an event that starts it, or make both steps of a workflow",
        Categories.Fit,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.RemoteCall));

    /// <summary>Creates the analyzer.</summary>
    public RemoteCallAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var code = HandlerCode.Of(context.Compilation, types);
        var reach = Reach.Of(context.Compilation);
        FunctionAddresses? addresses = null;
        OnHandlerBodies(context, types, body =>
        {
            if (body.Kind == HandlerKind.Workflow)
            {
                return;
            }

            Check(body.Code, null);
            foreach (var reached in ReachedBody.From(reach, body.Code, body.Context.CancellationToken))
            {
                // Other handler classes, and this one, have reports of their own.
                if (code.ClassOf(reached.Method.ContainingType, body.Context.CancellationToken) is null)
                {
                    Check(reached.Code, reached.At);
                }
            }

            void Check(BodyFacts facts, SyntaxNode? at)
            {
                foreach (var call in facts.Calls)
                {
                    if (IsInvoke(call))
                    {
                        body.Report(Rule, at ?? call.Syntax, body.Member.Name, $"a function with {ExternalCalls.NameOf(call)}");
                        if (at is not null)
                        {
                            return; // one report per call of the asked body
                        }
                    }
                }

                if (RequestAddress.In(facts) is { } found)
                {
                    // Two bodies may read the routes at the same time; they read the same.
                    addresses ??= FunctionAddresses.Of(body.Context.Compilation, types, body.Context.CancellationToken);
                    foreach (var address in found)
                    {
                        if (addresses.Find(address) is { } name)
                        {
                            body.Report(Rule, at ?? address.Node, body.Member.Name, name);
                            if (at is not null)
                            {
                                return;
                            }
                        }
                    }
                }
            }
        });
    }

    private static bool IsInvoke(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "Invoke" or "InvokeAsync" or "InvokeAsyncAsync" or "InvokeWithResponseStream" or "InvokeWithResponseStreamAsync" => TypeNames.IsIn(call.TargetMethod.ContainingType.ContainingNamespace, "Amazon.Lambda"),
        "CallFunction" or "CallFunctionAsync" => TypeNames.IsUnder(call.TargetMethod.ContainingType.ContainingNamespace, "Google.Cloud.Functions"),
        _ => false,
    };
}
