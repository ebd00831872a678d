using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.Retries;

/// <summary>PORT206: a request with POST or PATCH that the code itself sends again, without a key by which the other side could tell.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RetriedPostAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.RetriedPost,
        "A request that is sent again carries a key",
        "'{0}' sends {1} again when it failed, by {2}: what was done although no answer came is done twice; send one Idempotency-Key header with every attempt, or {3}",
        Categories.Retries,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.RetriedPost));

    /// <summary>Creates the analyzer.</summary>
    public RetriedPostAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var reach = Reach.Of(context.Compilation);
        OnHandlerBodies(context, types, body =>
        {
            if (!body.RunsPerInvocation)
            {
                return;
            }

            foreach (var loop in RetryLoop.In(body.Code))
            {
                if (loop.HasEnd)
                {
                    Report(body, reach, loop.Tries, "a loop");
                }
            }

            foreach (var call in body.Code.Calls)
            {
                if (IsRetryOfPolly(call, body.Code))
                {
                    Report(body, reach, node => call.Syntax.Span.Contains(node.Span) && node != call.Syntax, "Polly");
                }
            }
        });

        context.RegisterOperationBlockAction(block =>
        {
            if (block.OwningSymbol.ContainingType is { } type && KnownTypes.Find(type, types.Startup) is not null)
            {
                CheckClients(block, BodyFacts.Of(block.OperationBlocks), reach);
            }
        });
    }

    private static void Report(in HandlerBody body, Reach reach, Func<SyntaxNode, bool> isTried, string by)
    {
        foreach (var call in reach.From(body.Code, body.Context.CancellationToken))
        {
            if (call.Kind == ExternalCallKind.HttpPost && isTried(call.At) && call.DoesHarmTwice && !Repetition.HasKeyHeader(body.Code))
            {
                body.Report(Rule, call.At, body.Member.Name, call.Path, by, "leave it to whoever calls");
            }
        }
    }

    // A policy of the retry namespace, or one that is built with a retry beside the call. Pipelines from elsewhere may be timeouts alone.
    private static bool IsRetryOfPolly(IInvocationOperation call, BodyFacts body)
    {
        if (!call.TargetMethod.Name.StartsWith("Execute", StringComparison.Ordinal) || call.TargetMethod.ContainingNamespace is not { IsGlobalNamespace: false } space || ExternalCalls.Top(space).Name != "Polly")
        {
            return false;
        }

        if (call.Instance?.Type?.ContainingNamespace is { Name: "Retry" })
        {
            return true;
        }

        foreach (var other in body.Calls)
        {
            if (other.TargetMethod.Name is "AddRetry" or "WaitAndRetry" or "WaitAndRetryAsync" or "Retry" or "RetryAsync" && ExternalCalls.Top(other.TargetMethod.ContainingNamespace).Name == "Polly")
            {
                return true;
            }
        }

        return false;
    }

    // services.AddHttpClient<Bank>().AddStandardResilienceHandler(): it sends every method again unless it is told otherwise.
    private static void CheckClients(OperationBlockAnalysisContext context, BodyFacts body, Reach reach)
    {
        foreach (var call in body.Calls)
        {
            if (call.TargetMethod.Name is "AddStandardResilienceHandler" or "AddStandardHedgingHandler"
                && call.TargetMethod.ContainingType.Name == "ResilienceHttpClientBuilderExtensions"
                && !IsToldOtherwise(body)
                && ClientOf(call) is { } client
                && FirstPostOf(client, reach, context.CancellationToken) is { } post
                && call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var name } })
            {
                context.ReportDiagnostic(Diagnostic.Create(Rule, name.GetLocation(), client.Name, post.What, call.TargetMethod.Name, "say options.Retry.DisableForUnsafeHttpMethods()"));
            }
        }
    }

    private static bool IsToldOtherwise(BodyFacts body)
    {
        foreach (var call in body.Calls)
        {
            if (call.TargetMethod.Name is "DisableForUnsafeHttpMethods" or "DisableFor")
            {
                return true;
            }
        }

        foreach (var written in body.Written)
        {
            if (written is IPropertyReferenceOperation { Property.Name: "ShouldHandle" or "MaxRetryAttempts" })
            {
                return true;
            }
        }

        return false;
    }

    private static INamedTypeSymbol? ClientOf(IInvocationOperation call)
    {
        for (IOperation? at = call; at is IInvocationOperation step; at = step.Instance ?? (step.TargetMethod.IsExtensionMethod && step.Arguments.Length > 0 ? Unwrapped(step.Arguments[0].Value) : null))
        {
            if (step.TargetMethod is { Name: "AddHttpClient", TypeArguments: [.., INamedTypeSymbol { DeclaringSyntaxReferences.Length: > 0 } client] })
            {
                return client;
            }
        }

        return null;

        static IOperation Unwrapped(IOperation value) => value is IConversionOperation conversion ? conversion.Operand : value;
    }

    private static ExternalCall? FirstPostOf(INamedTypeSymbol client, Reach reach, CancellationToken cancellationToken)
    {
        foreach (var member in client.GetMembers())
        {
            if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary, IsAbstract: false } method && reach.BodyOf(method, cancellationToken) is { } body && !Repetition.HasKeyHeader(body))
            {
                foreach (var call in reach.From(body, cancellationToken))
                {
                    if (call is { Kind: ExternalCallKind.HttpPost, IsDirect: true, DoesHarmTwice: true })
                    {
                        return call;
                    }
                }
            }
        }

        return null;
    }
}
