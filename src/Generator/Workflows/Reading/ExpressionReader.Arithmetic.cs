using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <content>Comparisons, and integers as far as every engine is exact.</content>
internal sealed partial class ExpressionReader
{
    private IrExpression? Binary(IBinaryOperation binary)
    {
        switch (binary.OperatorKind)
        {
            case BinaryOperatorKind.Add when binary.Type?.SpecialType == SpecialType.System_String:
                return Concatenated(binary);

            case BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply or BinaryOperatorKind.Remainder or BinaryOperatorKind.Divide:
                return Arithmetic(binary);

            case BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr when binary.OperatorMethod is null:
                return Logical(OperatorOf(binary.OperatorKind)!.Value, binary.LeftOperand, binary.RightOperand);

            // Nothing can go wrong in a native operand, so that lazy ones do.
            case BinaryOperatorKind.And or BinaryOperatorKind.Or when binary is { IsLifted: false, OperatorMethod: null, Type.SpecialType: SpecialType.System_Boolean }:
                return Native(binary.LeftOperand) is { } one && Native(binary.RightOperand) is { } other
                    ? new IrBinary(binary.OperatorKind == BinaryOperatorKind.And ? IrOperator.And : IrOperator.Or, one, other)
                    : null;

            case BinaryOperatorKind.ExclusiveOr when binary is { IsLifted: false, OperatorMethod: null, Type.SpecialType: SpecialType.System_Boolean }:
                return Native(binary.LeftOperand) is { } either && Native(binary.RightOperand) is { } both ? new IrBinary(IrOperator.NotEqual, either, both) : null;

            default:
                return OperatorOf(binary.OperatorKind) is { } op ? Comparison(binary, op) : Blocked(binary, ExpressionProblems.OfOperator(binary.OperatorKind));
        }
    }

    private IrExpression? Comparison(IBinaryOperation binary, IrOperator op)
    {
        // Both sides are read even when one is rejected, so that one look finds everything.
        var left = Native(binary.LeftOperand);
        var right = Native(binary.RightOperand);
        if (left is null || right is null)
        {
            return null;
        }

        if (op is IrOperator.Equal or IrOperator.NotEqual && (left.Kind == IrKind.Null || right.Kind == IrKind.Null))
        {
            var check = new IrIsNull(left.Kind == IrKind.Null ? right : left);
            return op == IrOperator.Equal ? check : new IrNot(check);
        }

        var comparable = left.Kind == right.Kind && left.Kind switch
        {
            IrKind.Integer => IsIntegral(binary.LeftOperand.Type) && IsIntegral(binary.RightOperand.Type),
            IrKind.Text or IrKind.Boolean => op is IrOperator.Equal or IrOperator.NotEqual,
            _ => false,
        };
        if (!comparable)
        {
            return Blocked(binary, ExpressionProblems.Comparison);
        }

        IrExpression result = new IrBinary(op, left, right);
        if (op is not (IrOperator.Equal or IrOperator.NotEqual))
        {
            // C#'s lifted ordering is false when a side is null.
            result = NotNullAnd(TypeBelow(binary.RightOperand), right, result);
            result = NotNullAnd(TypeBelow(binary.LeftOperand), left, result);
        }

        return result;
    }

    // The operator's own type counts too: 5 == 5m compares decimals.
    private bool IsIntegral(ITypeSymbol? type) => context.KindOf(type) == IrKind.Integer;

    private static ITypeSymbol? TypeBelow(IOperation operation)
    {
        while (operation is IConversionOperation conversion)
        {
            operation = conversion.Operand;
        }

        return operation.Type;
    }

    private static IrExpression NotNullAnd(ITypeSymbol? type, IrExpression value, IrExpression comparison) =>
        value is not IrLiteral && type is { IsValueType: true } && JsonMembers.IsNullable(type)
            ? new IrBinary(IrOperator.And, new IrNot(new IrIsNull(value)), comparison)
            : comparison;

    private IrExpression? Unary(IUnaryOperation unary)
    {
        switch (unary.OperatorKind)
        {
            case UnaryOperatorKind.Not when unary is { Type.SpecialType: SpecialType.System_Boolean, OperatorMethod: null }:
                return Native(unary.Operand) is { } operand ? new IrNot(operand) : null;

            case UnaryOperatorKind.Plus when unary is { IsLifted: false, OperatorMethod: null } && IsIntegral(unary.Type):
                return Native(unary.Operand);

            case UnaryOperatorKind.Minus when unary is { IsLifted: false, OperatorMethod: null, Type: { } type } && Intervals.Fit(-Intervals.Of(unary.Operand), type, unary.IsChecked) is { } wraps:
                return Native(unary.Operand) is { } negated ? new IrArithmetic(IrArithmeticOperator.Subtract, new IrLiteral(IrKind.Integer, "0"), negated, wraps) : null;

            default:
                return Blocked(unary, ExpressionProblems.Of(unary));
        }
    }

    private IrExpression? Arithmetic(IBinaryOperation binary)
    {
        if (binary.IsLifted || binary.OperatorMethod is not null)
        {
            return Blocked(binary, ExpressionProblems.OfOperator(binary.OperatorKind));
        }

        if (Wraps(binary.OperatorKind, binary.LeftOperand, binary.RightOperand, binary.Type, binary.IsChecked) is not { } wraps)
        {
            return Blocked(binary, ExpressionProblems.OfOperator(binary.OperatorKind));
        }

        var left = Native(binary.LeftOperand);
        var right = Native(binary.RightOperand);
        return left is null || right is null ? null : new IrArithmetic(ArithmeticOf(binary.OperatorKind), left, right, wraps);
    }

    /// <summary>Whether an exact result may leave the type's range; <see langword="null"/> when engines may get it wrong.</summary>
    private static bool? Wraps(BinaryOperatorKind kind, IOperation left, IOperation right, ITypeSymbol? type, bool isChecked)
    {
        var (a, b) = (Intervals.Of(left), Intervals.Of(right));
        return type is null ? null : kind switch
        {
            BinaryOperatorKind.Add => Intervals.Fit(a + b, type, isChecked),
            BinaryOperatorKind.Subtract => Intervals.Fit(a - b, type, isChecked),
            BinaryOperatorKind.Multiply => Intervals.Fit(a * b, type, isChecked) is { } wraps && (!wraps || (a * b).CanWrap) ? wraps : null,
            BinaryOperatorKind.Divide when b.IsPoint && b.Low > 0 && a.IsExact => Intervals.Fit(a / b, type, isChecked),
            BinaryOperatorKind.Remainder when b.IsPoint && b.Low is not (0 or -1) && a.IsExact => Intervals.Fit(a % b, type, isChecked),
            _ => null,
        };
    }

    private static IrArithmeticOperator ArithmeticOf(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Add => IrArithmeticOperator.Add,
        BinaryOperatorKind.Subtract => IrArithmeticOperator.Subtract,
        BinaryOperatorKind.Multiply => IrArithmeticOperator.Multiply,
        BinaryOperatorKind.Divide => IrArithmeticOperator.Divide,
        _ => IrArithmeticOperator.Remainder,
    };

    /// <summary>The value that <c>x += y</c> gives to x.</summary>
    public IrExpression? Compound(ICompoundAssignmentOperation assignment)
    {
        var type = assignment.Type;
        if (assignment.OperatorKind == BinaryOperatorKind.Add && type?.SpecialType == SpecialType.System_String && assignment.OperatorMethod is null)
        {
            return Whole(assignment, () => Joined(TextPart(assignment.Target), TextPart(assignment.Value)));
        }

        if (assignment is { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.Or, OperatorMethod: null, IsLifted: false, Type.SpecialType: SpecialType.System_Boolean })
        {
            return Whole(assignment, () => Native(assignment.Target) is { } one && Native(assignment.Value) is { } other
                ? new IrBinary(assignment.OperatorKind == BinaryOperatorKind.And ? IrOperator.And : IrOperator.Or, one, other)
                : null);
        }

        // x += y converts x to the operator's type and the result back; only where all are one type is it x + y.
        if (assignment is { OperatorMethod: null, InConversion.IsIdentity: true, OutConversion.IsIdentity: true } && !JsonMembers.IsNullable(type!)
            && Wraps(assignment.OperatorKind, assignment.Target, assignment.Value, type, assignment.IsChecked) is { } wraps)
        {
            return Whole(assignment, () => Native(assignment.Target) is { } left && Native(assignment.Value) is { } right
                ? new IrArithmetic(ArithmeticOf(assignment.OperatorKind), left, right, wraps)
                : null);
        }

        return Whole(assignment, () => Blocked(assignment, ExpressionProblems.OfOperator(assignment.OperatorKind)));
    }

    /// <summary>The value that <c>x++</c> or <c>x--</c> gives to x.</summary>
    public IrExpression? Increment(IIncrementOrDecrementOperation increment)
    {
        var range = Intervals.Of(increment.Target);
        var adds = increment.Kind == OperationKind.Increment;
        if (increment.OperatorMethod is null && increment.Type is { } type && !JsonMembers.IsNullable(type)
            && Intervals.Fit(adds ? range + Interval.One : range - Interval.One, type, increment.IsChecked) is { } wraps)
        {
            return Whole(increment, () => Native(increment.Target) is { } value
                ? new IrArithmetic(adds ? IrArithmeticOperator.Add : IrArithmeticOperator.Subtract, value, new IrLiteral(IrKind.Integer, "1"), wraps)
                : null);
        }

        return Whole(increment, () => Blocked(increment, ExpressionProblems.Of(increment)));
    }

    private static IrOperator? OperatorOf(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Equals => IrOperator.Equal,
        BinaryOperatorKind.NotEquals => IrOperator.NotEqual,
        BinaryOperatorKind.LessThan => IrOperator.Less,
        BinaryOperatorKind.LessThanOrEqual => IrOperator.LessOrEqual,
        BinaryOperatorKind.GreaterThan => IrOperator.Greater,
        BinaryOperatorKind.GreaterThanOrEqual => IrOperator.GreaterOrEqual,
        BinaryOperatorKind.ConditionalAnd => IrOperator.And,
        BinaryOperatorKind.ConditionalOr => IrOperator.Or,
        _ => null,
    };
}
