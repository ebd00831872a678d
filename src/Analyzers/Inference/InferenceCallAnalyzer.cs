using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Reading;

namespace Portable.Analyzers.Inference;

/// <summary>PORT605 and PORT606: who waits for a model, and what he gets when it does not answer. Of a slow model only the wait is reported.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InferenceCallAnalyzer : PortableAnalyzer
{
    /// <summary>The timeout from which on a model is slow, in seconds, where <c>PortableSlowInferenceSeconds</c> says nothing.</summary>
    internal const double DefaultSeconds = 10;

    private static readonly DiagnosticDescriptor Slow = new(
        RuleIdentifiers.SlowInference,
        "Nobody waits for a slow model",
        "'{0}' waits for the inference '{1}', which may take {2} s: the function is paid for all that time, and {3}; start a workflow that runs it as a step, or call the endpoint's asynchronous interface and answer at once",
        Categories.Inference,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.SlowInference));

    private static readonly DiagnosticDescriptor Alone = new(
        RuleIdentifiers.InferenceWithoutFallback,
        "A request is answered without the model, too",
        "'{0}' answers a request with the inference '{1}' and has no other answer: when the endpoint is busy, starting or gone, so is the function; catch StepFailed and answer with a rule, a neutral value or what was known last",
        Categories.Inference,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.InferenceWithoutFallback));

    /// <summary>Creates the analyzer.</summary>
    public InferenceCallAnalyzer()
        : base(Slow, Alone)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        if (types.Inference is null)
        {
            return;
        }

        var most = Thresholds.Read(context.Options, "PortableSlowInferenceSeconds", DefaultSeconds);
        var reach = Reach.Of(context.Compilation);
        OnHandlerBodies(context, types, body =>
        {
            var isRequest = body.Kind == HandlerKind.Function && IsRequest(body, types);
            if (!isRequest && body.Kind != HandlerKind.Step)
            {
                return;
            }

            foreach (var call in body.Code.Calls)
            {
                Check(body, call, call.Syntax, false);
            }

            foreach (var reached in ReachedBody.From(reach, body.Code, body.Context.CancellationToken))
            {
                foreach (var call in reached.Code.Calls)
                {
                    Check(body, call, reached.At, reached.IsGuarded);
                }
            }

            void Check(HandlerBody asked, IInvocationOperation call, SyntaxNode at, bool isGuarded)
            {
                if (InferenceOf(reach.TargetOf(call), types, asked.Context.CancellationToken) is not { } inference)
                {
                    return;
                }

                if (Readings.Number(inference, "TimeoutSeconds") is var seconds && seconds > most)
                {
                    asked.Report(Slow, at, asked.Member.Name, call.TargetMethod.Name, seconds, isRequest ? "gateways give up before it answers" : "a step of a workflow that only waits is one function too many");
                }
                else if (isRequest && !isGuarded && IsWaitedForHere(call) && !ReachedBody.IsCaught(call))
                {
                    asked.Report(Alone, at, asked.Member.Name, call.TargetMethod.Name);
                }
            }
        });
    }

    private static bool IsRequest(HandlerBody body, KnownTypes types) =>
        body.Member is IMethodSymbol method && HandlerCode.Of(body.Context.Compilation, types).FunctionOf(method, body.Context.CancellationToken).Model?.Trigger is HttpTriggerModel;

    private static AttributeData? InferenceOf(IMethodSymbol? method, KnownTypes types, CancellationToken cancellationToken)
    {
        method = method?.OriginalDefinition;
        method = method?.PartialDefinitionPart ?? method;
        return method is not null && Declarations.HasAttributes(method, cancellationToken) ? KnownTypes.Find(method, types.Inference) : null;
    }

    // A task that is kept may be awaited where a failure is caught, and one that is handed on may have a fallback there.
    private static bool IsWaitedForHere(IInvocationOperation call)
    {
        IOperation? outer = call.Parent;
        while (outer is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "WaitAsync" } or IConversionOperation)
        {
            outer = outer.Parent;
        }

        return outer is IAwaitOperation or IReturnOperation { Kind: OperationKind.Return };
    }
}
