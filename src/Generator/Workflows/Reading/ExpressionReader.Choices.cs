using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <content>
/// What C# evaluates only sometimes: the right sides of <c>&amp;&amp;</c>, <c>||</c> and <c>??</c>, the branches of <c>?:</c> and of switch
/// expressions. As long as they are plain values they stay expressions; what needs statements runs behind an if.
/// </content>
internal sealed partial class ExpressionReader
{
    private IrExpression? Logical(IrOperator op, IOperation leftOperand, IOperation rightOperand)
    {
        var declared = _declared.Count;
        var left = Read(leftOperand);
        if (left is null)
        {
            // Both sides are read even when one is rejected, so that one look finds everything.
            _ = _obstacle is null ? context.Prelude.Apart(() => Read(rightOperand), out _) : null;
            return null;
        }

        return Lazily(op, left, declared, () => Read(rightOperand));
    }

    /// <param name="declared">How many variables patterns had declared before the left side.</param>
    private IrExpression? Lazily(IrOperator op, IrExpression left, int declared, Func<IrExpression?> right)
    {
        var names = DeclaredSince(declared);
        var value = context.Prelude.Apart(right, out var before);
        if (value is null)
        {
            return null;
        }

        if (before.Count == 0 && !Reads(value, names))
        {
            return left is IrLiteral known && (known.Text == "true") == (op == IrOperator.And) ? value : new IrBinary(op, left, value);
        }

        var held = context.Hold("condition", left);
        context.Before(new IrIf(op == IrOperator.And ? held : new IrNot(held), Assigning(held.Name, value, before), null, IrSource.None));
        return held;
    }

    // A variable that a pattern declares has its value only where the pattern matches: not every engine may look at its uses elsewhere.
    private HashSet<string> DeclaredSince(int declared) =>
        new(_declared.Skip(declared).Select(local => context.Find(local)?.Name).OfType<string>(), StringComparer.Ordinal);

    private static bool Reads(IrExpression value, HashSet<string> names) => names.Count > 0 && IrWalk.Variables(value).Any(names.Contains);

    /// <summary>Reads a <c>?:</c> or switch expression whose values are read in another way.</summary>
    public IrExpression? Chosen(IOperation choice, Func<IOperation, IrExpression?> read, IrKind kind) => choice switch
    {
        IConditionalOperation conditional => Conditional(conditional, new Leaves(read, kind)),
        ISwitchExpressionOperation several => Switch(several, new Leaves(read, kind)),
        _ => null,
    };

    private IrExpression? Conditional(IConditionalOperation choice, Leaves? leaves = null)
    {
        var declared = _declared.Count;
        var condition = Read(choice.Condition);
        if (condition is null && _obstacle is not null)
        {
            return null;
        }

        var names = DeclaredSince(declared);
        var then = Branch(choice.WhenTrue, leaves);
        var otherwise = Branch(choice.WhenFalse!, leaves);
        return condition is null || then is null || otherwise is null ? null : Choose(new Choice(condition, [], then, otherwise), leaves?.Kind ?? context.KindOf(choice.Type), names);
    }

    private Choice? Branch(IOperation operation, Leaves? leaves = null) =>
        operation is IConversionOperation { Operand: IThrowOperation } or IThrowOperation
            ? Throwing(operation as IThrowOperation ?? (IThrowOperation)((IConversionOperation)operation).Operand)
            : context.Prelude.Apart(() => leaves is null ? Read(operation) : leaves.Read(operation), out var before) is { } value ? new Choice(value, before) : null;

    private Choice? Throwing(IThrowOperation thrown)
    {
        var failure = context.Prelude.Apart(() => context.Flow.Throw(thrown), out var before);
        return failure is null ? null : new Choice(new IrLiteral(IrKind.Null, ""), [.. before, failure], Ends: true);
    }

    private IrExpression? Coalesce(ICoalesceOperation coalesce)
    {
        if (!coalesce.ValueConversion.Exists || coalesce.ValueConversion.IsUserDefined)
        {
            return Blocked(coalesce, ExpressionProblems.Of(coalesce));
        }

        var left = Native(coalesce.Value);
        var right = left is null ? null : Branch(coalesce.WhenNull);
        if (left is null || right is null)
        {
            return null;
        }

        var kind = context.KindOf(coalesce.Type);
        if (right.Before.Count == 0)
        {
            return new IrCoalesce(left, right.Value, kind);
        }

        var held = context.Hold("value", left) with { Kind = kind };
        context.Before(new IrIf(new IrIsNull(held), right.Ends ? Block(right.Before) : Assigning(held.Name, right.Value, right.Before), null, IrSource.None));
        return held;
    }

    private IrExpression? Switch(ISwitchExpressionOperation choice, Leaves? leaves = null)
    {
        if (choice.Arms.Length == 0)
        {
            return Blocked(choice, "has a switch expression without arms: add one");
        }

        if (Subject(choice.Value) is not { } subject)
        {
            return null;
        }

        var declared = _declared.Count;
        return Arm(choice, subject, 0, leaves) is { } first ? Choose(first, leaves?.Kind ?? context.KindOf(choice.Type), DeclaredSince(declared)) : null;
    }

    private Choice? Arm(ISwitchExpressionOperation choice, IrExpression subject, int index, Leaves? leaves)
    {
        if (index == choice.Arms.Length)
        {
            return Unmatched(choice, subject) is { } message ? new Choice(new IrLiteral(IrKind.Null, ""), [Defects.Of("SwitchExpressionException", message)], Ends: true) : null;
        }

        var arm = choice.Arms[index];
        var declared = _declared.Count;

        // Where the compiler has seen to it that one arm matches, the last one does.
        if (index == choice.Arms.Length - 1 && arm.Guard is null && (choice.IsExhaustive || arm.Pattern is IDiscardPatternOperation))
        {
            Choice? last = null;
            var matched = context.Prelude.Apart(
                () =>
                {
                    var holds = Matches(subject, choice.Value.Type, arm.Pattern);
                    last = holds is null ? null : Branch(arm.Value, leaves);
                    return holds;
                },
                out var declarations);
            return matched is null || last is null ? null : last with { Before = [.. declarations, .. last.Before] };
        }

        var condition = context.Prelude.Apart(
            () => Matches(subject, choice.Value.Type, arm.Pattern) is not { } matches ? null
                : arm.Guard is null ? matches
                : Lazily(IrOperator.And, matches, declared, () => Read(arm.Guard)),
            out var before);
        var then = Branch(arm.Value, leaves);
        var otherwise = Arm(choice, subject, index + 1, leaves);
        return condition is null || then is null || otherwise is null ? null : new Choice(condition, before, then, otherwise);
    }

    private IrExpression Choose(Choice choice, IrKind kind, HashSet<string>? declared = null)
    {
        if (!choice.NeedsStatements && !(declared is not null && Reads(choice.ToExpression(kind), declared)))
        {
            return choice.ToExpression(kind);
        }

        var held = context.Temporary("value", kind, choice.Leaves.Any(leaf => context.IsExternal(leaf.Value)));
        foreach (var statement in choice.ToStatements(held.Name))
        {
            context.Before(statement);
        }

        return held;
    }

    private static IrBlock Assigning(string variable, IrExpression value, IReadOnlyList<IrStatement> before) =>
        Block([.. before, new IrAssign(variable, value, IrSource.None)]);

    private static IrBlock Block(IReadOnlyList<IrStatement> statements) => new(statements.ToEquatableArray());

    /// <summary>How the values of a choice are read, if not as they are.</summary>
    private sealed record Leaves(Func<IOperation, IrExpression?> Read, IrKind Kind);

    /// <summary>A value, or a decision between two of them.</summary>
    /// <param name="Value">The value, or the condition.</param>
    /// <param name="Before">What must run before it.</param>
    /// <param name="Then">What is chosen when the condition holds; <see langword="null"/> for a value.</param>
    /// <param name="Else">What is chosen when it does not hold.</param>
    /// <param name="Ends">Whether there is no value, because control never gets there: a throw.</param>
    private sealed record Choice(IrExpression Value, IReadOnlyList<IrStatement> Before, Choice? Then = null, Choice? Else = null, bool Ends = false)
    {
        public bool NeedsStatements => Before.Count > 0 || Then?.NeedsStatements == true || Else?.NeedsStatements == true;

        public IEnumerable<Choice> Leaves => Then is null ? [this] : Then.Leaves.Concat(Else!.Leaves);

        public IrExpression ToExpression(IrKind kind) => Then is null ? Value : new IrConditional(Value, Then.ToExpression(kind), Else!.ToExpression(kind), kind);

        public IReadOnlyList<IrStatement> ToStatements(string variable) =>
        [
            .. Before,
            .. Then is not null ? new IrStatement[] { new IrIf(Value, Block(Then.ToStatements(variable)), Block(Else!.ToStatements(variable)), IrSource.None) }
                : Ends ? []
                : [new IrAssign(variable, Value, IrSource.None)],
        ];
    }
}
