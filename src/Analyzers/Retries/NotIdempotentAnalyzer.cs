using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Reading;

namespace Portable.Analyzers.Retries;

/// <summary>PORT201: a function or step that is run again does something outside that must not be done twice, and nothing says what identifies its calls.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NotIdempotentAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.NotIdempotent,
        "Work that may be done again says what identifies it",
        "'{0}' is run again for the same {1}, and {2} is then done twice: {3}",
        Categories.Retries,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.NotIdempotent));

    /// <summary>Creates the analyzer.</summary>
    public NotIdempotentAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var code = HandlerCode.Of(context.Compilation, types);
        var reach = Reach.Of(context.Compilation);
        OnHandlerBodies(context, types, body =>
        {
            if (body is not { Kind: HandlerKind.Function or HandlerKind.Step, Member: IMethodSymbol method }
                || PortableTypes.Attribute(method, "IdempotentAttribute") is not null)
            {
                return;
            }

            if (body.Kind == HandlerKind.Step)
            {
                if (PortableTypes.Attribute(method, "RetryAttribute") is { } retry && Readings.Number(retry, "MaxAttempts", 3) > 1)
                {
                    Check(body, reach, isSchedule: false, "payload", "add [Idempotent(nameof(...))] and hand InvocationContext.IdempotencyKey to whoever is called");
                }
            }
            else if (code.FunctionOf(method, body.Context.CancellationToken).Model is { Retry.MaxAttempts: > 1 } model)
            {
                var isSchedule = model.Trigger is ScheduleTriggerModel;
                Check(body, reach, isSchedule, isSchedule ? "firing" : "message", isSchedule
                    ? "let it put messages into a queue, whose function is idempotent"
                    : "say with [Idempotent] what identifies a message");
            }
        });
    }

    private static void Check(in HandlerBody body, Reach reach, bool isSchedule, string what, string wayOut)
    {
        foreach (var call in reach.From(body.Code, body.Context.CancellationToken))
        {
            // A schedule cannot have a key: messages, whose function has one, are its way out.
            if (!(isSchedule && call.Kind == ExternalCallKind.Send && !IsMail(call)) && call.DoesHarmTwice)
            {
                body.ReportAtName(Rule, body.Member.Name, what, call.Path, wayOut);
                return;
            }
        }
    }

    private static bool IsMail(ExternalCall call) =>
        call.Operation.TargetMethod.ContainingType.ContainingNamespace is { } space && (space.Name == "Mail" || ExternalCalls.Top(space).Name is "MailKit" or "SendGrid" or "Twilio");
}
