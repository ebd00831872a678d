using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Discovery;
using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>Reads <c>switch</c> statements into chains of <c>if</c>.</summary>
internal sealed class SwitchReader(ReadingContext context, ExpressionReader expressions, StatementReader statements)
{
    public IEnumerable<IrStatement> Read(ISwitchOperation choice)
    {
        var source = SourceLine.Of(choice);
        var subject = expressions.SwitchedOn(choice.Value);
        if (subject is not (null or IrEngineExpression or IrVariable or IrMember { Target: IrVariable } or IrLiteral))
        {
            subject = context.Hold("subject", subject);
        }

        var scope = context.Names.Take("switch");
        var sections = new List<Section>();
        IrBlock? otherwise = null;
        foreach (var section in choice.Cases)
        {
            var isDefault = section.Clauses.Any(static clause => clause is IDefaultCaseClauseOperation);
            IReadOnlyList<IrStatement> before = [];
            var condition = isDefault || subject is null ? null : context.Prelude.Apart(() => Condition(section, subject, choice), out before);

            context.Function.Jumps.EnterSwitch(choice.ExitLabel, scope);
            var body = statements.Block(section.Body);
            context.Function.Jumps.Leave();
            if (isDefault)
            {
                otherwise = body;
            }
            else if (condition is not null)
            {
                sections.Add(new Section(condition, before, body));
            }
        }

        return subject is null ? [] : Scopes.Close(scope, Chain(sections, otherwise, source), source);
    }

    private static IEnumerable<IrStatement> Chain(List<Section> sections, IrBlock? otherwise, IrSource source)
    {
        IEnumerable<IrStatement> rest = otherwise?.Statements ?? Enumerable.Empty<IrStatement>();
        for (var i = sections.Count - 1; i >= 0; i--)
        {
            var section = sections[i];
            var next = rest.ToEquatableArray();
            rest = section.Before.Concat([new IrIf(section.Condition, section.Body, next.Count == 0 ? null : new IrBlock(next), i == 0 ? source : IrSource.None)]);
        }

        return rest;
    }

    /// <summary>Whether one of a section's labels matches.</summary>
    private IrExpression? Condition(ISwitchCaseOperation section, IrExpression subject, ISwitchOperation choice)
    {
        IrExpression? any = null;
        var complete = true;
        foreach (var clause in section.Clauses)
        {
            // What a label needs to have run runs only when the labels before it do not match.
            var one = context.Prelude.Apart(() => Condition(clause, subject, choice), out var before);
            if (one is null)
            {
                complete = false;
                continue;
            }

            any = any is null ? Now(one, before) : Either(any, one, before);
        }

        return complete ? any : null;
    }

    private IrExpression? Condition(ICaseClauseOperation clause, IrExpression subject, ISwitchOperation choice)
    {
        switch (clause)
        {
            case ISingleValueCaseClauseOperation single:
                return expressions.MatchesConstant(subject, choice.Value, single.Value);

            case IPatternCaseClauseOperation { Guard: null } pattern:
                return expressions.Matches(subject, choice.Value, pattern.Pattern);

            case IPatternCaseClauseOperation { Guard: { } guard } pattern:
                var matches = expressions.Matches(subject, choice.Value, pattern.Pattern);
                var holds = context.Prelude.Apart(() => expressions.Condition(guard), out var before);
                return matches is null || holds is null ? null : Both(matches, holds, before);

            default:
                context.Reject(RuleIdentifiers.UnsupportedStatement, clause, "has a label that engines do not know: write if and else");
                return null;
        }
    }

    private IrExpression Now(IrExpression condition, IReadOnlyList<IrStatement> before)
    {
        foreach (var statement in before)
        {
            context.Before(statement);
        }

        return condition;
    }

    private IrExpression Either(IrExpression left, IrExpression right, IReadOnlyList<IrStatement> before) =>
        before.Count == 0 ? new IrBinary(IrOperator.Or, left, right) : Later(left, right, before, isOr: true);

    private IrExpression Both(IrExpression left, IrExpression right, IReadOnlyList<IrStatement> before) =>
        left is IrLiteral { Text: "true" } ? Now(right, before)
        : before.Count == 0 ? new IrBinary(IrOperator.And, left, right)
        : Later(left, right, before, isOr: false);

    // && and || whose right side needs statements of its own.
    private IrVariable Later(IrExpression left, IrExpression right, IReadOnlyList<IrStatement> before, bool isOr)
    {
        var matches = context.Hold("matches", left);
        context.Before(new IrIf(
            isOr ? new IrNot(matches) : matches,
            new IrBlock(before.Concat([new IrAssign(matches.Name, right, IrSource.None)]).ToEquatableArray()),
            null,
            IrSource.None));
        return matches;
    }

    private sealed record Section(IrExpression Condition, IReadOnlyList<IrStatement> Before, IrBlock Body);
}
