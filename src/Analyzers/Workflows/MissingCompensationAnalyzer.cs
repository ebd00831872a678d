using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;
using Portable.Generator.Workflows.Reading;

namespace Portable.Analyzers.Workflows;

/// <summary>PORT731: a step that changes something outside, in a workflow that undoes its steps, and that nothing undoes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MissingCompensationAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.NotUndone,
        "What a workflow that compensates has done can be undone",
        "Workflow '{0}' undoes its steps when it fails, and nothing undoes '{1}', which calls {2}: what it did would stay; add [Compensate(nameof(...))] with the step that takes it back",
        Categories.Workflows,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.NotUndone));

    /// <summary>Creates the analyzer.</summary>
    public MissingCompensationAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var reach = Reach.Of(context.Compilation);
        OnHandlerBodies(context, types, body =>
        {
            if (body.Kind != HandlerKind.Workflow)
            {
                return;
            }

            var always = Readings.Named(KnownTypes.Find(body.Member, types.Workflow), "CompensateOnFailure")?.Value is true;
            IInvocationOperation? last = null;
            foreach (var call in body.Code.Calls)
            {
                last = call.TargetMethod.Name == "Compensate" && FlowCalls.IsFlow(call) ? call : last;
            }

            if (!always && last is null)
            {
                return;
            }

            var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
            foreach (var call in body.Code.Calls)
            {
                if (call.TargetMethod.Name == "Compensate" || !FlowCalls.IsFlow(call) || IsInCatch(call) || !CanBeFollowedByFailure(body.Code, call, always, last))
                {
                    continue;
                }

                foreach (var step in FlowCalls.StepsOf(call, types))
                {
                    if (seen.Add(step.Method) && !IsUndoneOrUndoes(step.Method) && SideEffectOf(reach, step.Method, body.Context.CancellationToken) is { } effect)
                    {
                        body.Report(Rule, step.Syntax, body.Member.Name, step.Method.Name, effect);
                    }
                }
            }
        });
    }

    // What happens in a catch is mostly the undoing itself.
    private static bool IsInCatch(IOperation call)
    {
        for (var outer = call.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is ICatchClauseOperation)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the run can be undone after the call has succeeded. The last thing that can fail needs no undoing: when it fails, it is not done.</summary>
    private static bool CanBeFollowedByFailure(BodyFacts code, IInvocationOperation call, bool always, IInvocationOperation? last)
    {
        if (IsRepeated(call))
        {
            return true;
        }

        var end = call.Syntax.Span.End;
        if (!always && (last is null || last.Syntax.SpanStart < end || !IsInCatch(last)))
        {
            return last?.Syntax.SpanStart >= end;
        }

        foreach (var other in code.Calls)
        {
            if (other.Syntax.SpanStart >= end && (always || other.Syntax.SpanStart < last!.Syntax.SpanStart)
                && other.TargetMethod.Name is not ("Compensate" or "NewGuid" or "Delay" or "Until") && FlowCalls.IsFlow(other) && !IsInCatch(other))
            {
                return true;
            }
        }

        return Throws(code, end);
    }

    private static bool Throws(BodyFacts code, int after)
    {
        foreach (var made in code.Creations)
        {
            if (made.Syntax.SpanStart >= after && PortableTypes.IsPortable(made.Type, "StepFailed") && !IsInCatch(made))
            {
                return true;
            }
        }

        return false;
    }

    // In a loop, or beside others: branches, elements.
    private static bool IsRepeated(IInvocationOperation call)
    {
        if (call.TargetMethod.Name is "Map" or "TryMap" or "Branch")
        {
            return true;
        }

        for (var outer = call.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is ILoopOperation or IAnonymousFunctionOperation)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsUndoneOrUndoes(IMethodSymbol step)
    {
        foreach (var member in step.ContainingType.GetMembers())
        {
            if (member is IMethodSymbol && PortableTypes.Attribute(member, "CompensateAttribute") is { } compensation
                && (SymbolEqualityComparer.Default.Equals(member, step) || Readings.FirstText(compensation) == step.Name))
            {
                return true;
            }
        }

        return false;
    }

    // A message or mail that is sent cannot be taken back, so that nobody is asked to.
    private static string? SideEffectOf(Reach reach, IMethodSymbol step, CancellationToken cancellationToken)
    {
        if (reach.BodyOf(step, cancellationToken) is { } code)
        {
            foreach (var call in reach.From(code, cancellationToken))
            {
                if (call.HasSideEffect && call.Kind != ExternalCallKind.Send)
                {
                    return call.What;
                }
            }
        }

        return null;
    }
}
