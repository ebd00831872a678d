using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.Workflows;

/// <summary>
/// PORT734: a loop of a workflow that asks the same question until the answer is another one, as fast as the engine can. A loop that goes on with what it was
/// answered, such as page after page, or that counts its rounds, is none.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LoopWithoutWaitAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.LoopWithoutWait,
        "A loop that waits for something waits between its rounds",
        "Workflow '{0}' runs '{1}' again and again without a wait and without a last round: every round is billed and stays in the run's history until that is full; await flow.Delay(...) in the loop, or wait for an event",
        Categories.Workflows,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.LoopWithoutWait));

    /// <summary>Creates the analyzer.</summary>
    public LoopWithoutWaitAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types) => OnHandlerBodies(context, types, body =>
    {
        if (body.Kind != HandlerKind.Workflow)
        {
            return;
        }

        foreach (var loop in body.Code.Loops)
        {
            if (loop is IWhileLoopOperation or IForLoopOperation { Condition: null } && !Counts(body.Code, loop) && Asked(body.Code, loop, types) is { } step)
            {
                body.Report(Rule, KeywordOf(loop.Syntax), body.Member.Name, step);
            }
        }
    });

    /// <summary>The step that every round asks the same; <see langword="null"/> where a round waits or asks for something new.</summary>
    private static string? Asked(BodyFacts code, ILoopOperation loop, KnownTypes types)
    {
        string? asked = null;
        foreach (var call in code.Calls)
        {
            if (!FlowCalls.IsIn(call, loop.Body) || !FlowCalls.IsFlow(call))
            {
                continue;
            }

            if (FlowCalls.IsWait(call))
            {
                return null;
            }

            foreach (var step in FlowCalls.StepsOf(call, types))
            {
                asked ??= step.Method.Name;
            }

            foreach (var argument in call.Arguments)
            {
                if (IsNew(argument.Value, code, loop))
                {
                    return null;
                }
            }
        }

        return asked;
    }

    // Whether a value has something in it that the loop sets.
    private static bool IsNew(IOperation value, BodyFacts code, ILoopOperation loop)
    {
        if (value is ILocalReferenceOperation { Local: { } local })
        {
            foreach (var written in code.Written)
            {
                if (FlowCalls.IsIn(written, loop) && written is ILocalReferenceOperation { Local: { } target } && SymbolEqualityComparer.Default.Equals(target, local))
                {
                    return true;
                }
            }

            return IsDeclaredIn(local, loop);
        }

        foreach (var part in value.ChildOperations)
        {
            if (IsNew(part, code, loop))
            {
                return true;
            }
        }

        return value is IParameterReferenceOperation { Parameter: { } parameter } && IsWritten(parameter, code, loop);
    }

    private static bool IsDeclaredIn(ILocalSymbol local, ILoopOperation loop)
    {
        foreach (var reference in local.DeclaringSyntaxReferences)
        {
            if (loop.Syntax.Span.Contains(reference.Span))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWritten(IParameterSymbol parameter, BodyFacts code, ILoopOperation loop)
    {
        foreach (var written in code.Written)
        {
            if (FlowCalls.IsIn(written, loop) && written is IParameterReferenceOperation { Parameter: { } target } && SymbolEqualityComparer.Default.Equals(target, parameter))
            {
                return true;
            }
        }

        return false;
    }

    // A round that counts is taken for a loop that ends.
    private static bool Counts(BodyFacts code, ILoopOperation loop)
    {
        foreach (var written in code.Written)
        {
            if (FlowCalls.IsIn(written, loop) && written.Parent is IIncrementOrDecrementOperation or ICompoundAssignmentOperation)
            {
                return true;
            }
        }

        return false;
    }

    private static Location KeywordOf(SyntaxNode loop) => loop switch
    {
        WhileStatementSyntax statement => statement.WhileKeyword.GetLocation(),
        DoStatementSyntax statement => statement.DoKeyword.GetLocation(),
        ForStatementSyntax statement => statement.ForKeyword.GetLocation(),
        _ => loop.GetLocation(),
    };
}
