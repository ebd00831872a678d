using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Discovery;
using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>Reads <c>try</c>: its catch clauses become one handler that chooses, its <c>finally</c> becomes statements that every way out passes.</summary>
internal sealed class TryReader(ReadingContext context, ExpressionReader expressions, StatementReader statements)
{
    public IEnumerable<IrStatement> Read(ITryOperation attempt) => attempt.Finally is { } last ? WithFinally(attempt, last) : Attempt(attempt);

    private IEnumerable<IrStatement> Attempt(ITryOperation attempt)
    {
        var body = statements.Block(attempt.Body.Operations);
        if (attempt.Catches.Length == 0)
        {
            return body.Statements;
        }

        var failure = context.Names.Take(attempt.Catches[0].ExceptionDeclarationOrExpression is IVariableDeclaratorOperation first ? first.Symbol.Name : "failure");
        var clauses = attempt.Catches.Select(clause => Clause(clause, failure)).ToList();
        if (clauses.Contains(null))
        {
            return [];
        }

        if (clauses.Exists(static clause => clause!.Before.Count > 0))
        {
            return [new IrTry(body, failure, Chosen(clauses!, failure), SourceLine.Of(attempt))];
        }

        // One handler for all clauses: a failure inside one of them is no business of the next one.
        var filter = clauses.Exists(static clause => clause!.Filter is null)
            ? null
            : clauses.Select(static clause => clause!.Filter!).Aggregate(static (left, right) => new IrBinary(IrOperator.Or, left, right));
        var handler = clauses[clauses.Count - 1]!.Handler;
        for (var i = clauses.Count - 2; i >= 0; i--)
        {
            handler = new IrBlock(EquatableArray.Create<IrStatement>(new IrIf(clauses[i]!.Filter!, clauses[i]!.Handler, handler, IrSource.None)));
        }

        return [new IrTry(body, failure, handler, SourceLine.Of(attempt), filter)];
    }

    // A filter that takes a step: the handler chooses the clause, and throws on what none of them wants.
    private static IrBlock Chosen(List<CatchClause> clauses, string failure)
    {
        var rest = new IrBlock(EquatableArray.Create<IrStatement>(new IrThrow(new IrVariable(failure, IrKind.Object), IrSource.None)));
        for (var i = clauses.Count - 1; i >= 0; i--)
        {
            rest = clauses[i].Filter is { } filter
                ? new IrBlock(clauses[i].Before.Concat([new IrIf(filter, clauses[i].Handler, rest, IrSource.None)]).ToEquatableArray())
                : clauses[i].Handler;
        }

        return rest;
    }

    private CatchClause? Clause(ICatchClauseOperation clause, string failure)
    {
        if (!WorkflowSymbols.Same(clause.ExceptionType, context.Symbols.StepFailed))
        {
            context.Reject(
                RuleIdentifiers.UnsupportedCatch,
                clause.ExceptionDeclarationOrExpression ?? clause,
                "catches something else than StepFailed, the only exception that steps fail with on every engine: write 'catch (StepFailed failure)', and tell failures apart by their Code");
            return null;
        }

        if (clause.ExceptionDeclarationOrExpression is IVariableDeclaratorOperation declarator)
        {
            context.DeclareFailure(declarator.Symbol, failure);
        }

        IrExpression? filter = null;
        IReadOnlyList<IrStatement> before = [];
        if (clause.Filter is { } test)
        {
            filter = context.Prelude.Apart(() => expressions.Filter(test), out before);
        }

        context.Function.Failures.Push(failure);
        var handler = statements.Block(clause.Handler.Operations);
        context.Function.Failures.Pop();
        return clause.Filter is not null && filter is null ? null : new CatchClause(filter, before, handler);
    }

    private IEnumerable<IrStatement> WithFinally(ITryOperation attempt, IBlockOperation last)
    {
        var scope = context.Names.Take("finally");
        var jumps = context.Function.Jumps;
        var frame = jumps.EnterFinally(scope, context.Names.Take("exit"), () => context.Names.Take("returned"));
        var inner = Simplify.WithoutIdleTries(StatementReader.Block(Attempt(attempt)));
        jumps.Leave();
        var always = statements.Block(last.Operations);

        // A jump out of a handler that nothing reaches is none.
        var exits = Enumerable.Range(0, frame.Exits.Count)
            .Where(exit => IrWalk.All(inner).Any(statement => statement is IrAssign assign && assign.Variable == frame.Exit && assign.Value == Jumps.FinallyFrame.ExitNumber(exit))).ToList();
        if (always.Statements.Count == 0 && exits.Count == 0)
        {
            return inner.Statements;
        }

        var result = new List<IrStatement>();
        if (exits.Count > 0)
        {
            result.Add(new IrAssign(frame.Exit, new IrLiteral(IrKind.Integer, "0"), IrSource.None));
        }

        IrVariable? pending = null;
        IEnumerable<IrStatement> body = inner.Statements;
        var hasDefects = IrWalk.All(inner).Any(statement => statement is IrThrow { IsDefect: true } || (statement is IrStep step && context.Lifted.Exists(lifted => lifted.Step.Name == step.Step)));
        if (hasDefects || IrFlow.CanFail(inner))
        {
            pending = new IrVariable(context.Names.Take("pending"), IrKind.Object);
            var failure = context.Names.Take("failure");
            result.Add(new IrAssign(pending.Name, new IrLiteral(IrKind.Null, ""), IrSource.None));
            body = [new IrTry(
                inner,
                failure,
                new IrBlock(EquatableArray.Create<IrStatement>(new IrAssign(pending.Name, new IrVariable(failure, IrKind.Object), IrSource.None))),
                SourceLine.Of(attempt),
                TakesDefects: hasDefects)];
        }

        result.AddRange(Scopes.Close(scope, body, IrSource.None));
        result.AddRange(always.Statements);
        if (pending is not null)
        {
            var again = new IrIf(new IrNot(new IrIsNull(pending)), Again(pending, isDefect: false), null, IrSource.None);
            result.Add(hasDefects ? new IrIf(IsDefect(pending), Again(pending, isDefect: true), new IrBlock(EquatableArray.Create<IrStatement>(again)), IrSource.None) : again);
        }

        foreach (var i in exits)
        {
            var resumed = new IrBlock(jumps.Resume(frame, frame.Exits[i]).ToEquatableArray());
            result.Add(new IrIf(new IrBinary(IrOperator.Equal, new IrVariable(frame.Exit, IrKind.Integer), Jumps.FinallyFrame.ExitNumber(i)), resumed, null, IrSource.None));
        }

        return result;
    }

    private static IrBlock Again(IrVariable pending, bool isDefect) => new(EquatableArray.Create<IrStatement>(new IrThrow(pending, IrSource.None, isDefect)));

    private static IrMember IsDefect(IrVariable pending) =>
        new(pending, new IrName(IrTry.DefectMember, IrTry.DefectMember), IrKind.Boolean, new IrLiteral(IrKind.Boolean, "false"), MayBeNull: false);

    private sealed record CatchClause(IrExpression? Filter, IReadOnlyList<IrStatement> Before, IrBlock Handler);
}
