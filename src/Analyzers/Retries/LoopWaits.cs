using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;

namespace Portable.Analyzers.Retries;

/// <summary>How long a loop that tries again waits in all, as far as its count and its waits are constants.</summary>
internal static class LoopWaits
{
    private const int MostRounds = 10_000;

    /// <summary>The waits between all attempts of a loop, in seconds, and the first call that waits; <see langword="null"/> where they are not known.</summary>
    public static (double Seconds, SyntaxNode At)? Of(RetryLoop loop, BodyFacts body)
    {
        if (RoundsOf(loop) is not { } rounds)
        {
            return null;
        }

        var seconds = 0.0;
        SyntaxNode? at = null;
        foreach (var call in body.Calls)
        {
            if (call is { TargetMethod: { Name: "Delay" or "Sleep", ContainingType.Name: "Task" or "Thread" }, Arguments: [var wait, ..] } && loop.Loop.Syntax.Span.Contains(call.Syntax.Span))
            {
                at ??= call.Syntax;

                // After the last attempt there is nothing to wait for.
                for (var i = 0; i < rounds.Values.Count - 1; i++)
                {
                    if (Value(wait.Value, rounds.Variable, rounds.Values[i]) is not { } value)
                    {
                        return null;
                    }

                    // Task.Delay(1000) counts milliseconds, spans are seconds here.
                    seconds += wait.Value.Type?.SpecialType == SpecialType.System_Int32 ? value / 1000 : value;
                }
            }
        }

        return at is null ? null : (seconds, at);
    }

    private static (ILocalSymbol? Variable, IReadOnlyList<double> Values)? RoundsOf(RetryLoop loop) => loop.Loop switch
    {
        IForLoopOperation { Before: [var before], Condition: IBinaryOperation { LeftOperand: ILocalReferenceOperation { Local: var local } } condition, AtLoopBottom: [IExpressionStatementOperation { Operation: IIncrementOrDecrementOperation { Kind: OperationKind.Increment, Target: ILocalReferenceOperation counted } }] }
            when SymbolEqualityComparer.Default.Equals(local, counted.Local) && StartOf(before) is { } start && Constant(condition.RightOperand) is { } end
            => Range(local, start, condition.OperatorKind switch { BinaryOperatorKind.LessThan => end - 1, BinaryOperatorKind.LessThanOrEqual => end, _ => double.NaN }),
        IForEachLoopOperation { LoopControlVariable: IVariableDeclaratorOperation { Symbol: var each }, Collection: var collection } => Items(each, collection),
        _ => FilterOf(loop.Failure.Filter),
    };

    private static double? StartOf(IOperation before) =>
        before is IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [{ Initializer.Value: { } value }] }] } ? Constant(value) : null;

    private static (ILocalSymbol?, IReadOnlyList<double>)? Items(ILocalSymbol each, IOperation collection)
    {
        while (collection is IConversionOperation conversion)
        {
            collection = conversion.Operand;
        }

        switch (collection)
        {
            case IInvocationOperation { TargetMethod: { Name: "Range", ContainingType.Name: "Enumerable" }, Arguments: [var from, var count] } when Constant(from.Value) is { } start && Constant(count.Value) is { } many:
                return Range(each, start, start + many - 1);
            case IArrayCreationOperation { Initializer.ElementValues: var elements }:
                var values = new List<double>();
                foreach (var element in elements)
                {
                    if (Value(element, null, 0) is not { } value)
                    {
                        return null;
                    }

                    values.Add(value);
                }

                values.Add(0); // every wait of a list is waited
                return (each, values);
            default:
                return null;
        }
    }

    // catch (...) when (attempt++ < 3): three times it goes round.
    private static (ILocalSymbol?, IReadOnlyList<double>)? FilterOf(IOperation? filter)
    {
        if (filter is not IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan, LeftOperand: IIncrementOrDecrementOperation { Kind: OperationKind.Increment, IsPostfix: var after, Target: ILocalReferenceOperation { Local: var local } } } limit
            || Constant(limit.RightOperand) is not { } most)
        {
            return null;
        }

        return Range(local, 1, after ? most + 1 : most);
    }

    private static (ILocalSymbol?, IReadOnlyList<double>)? Range(ILocalSymbol? variable, double first, double last)
    {
        if (double.IsNaN(last) || last < first || last - first > MostRounds)
        {
            return null;
        }

        var values = new List<double>();
        for (var value = first; value <= last; value++)
        {
            values.Add(value);
        }

        return (variable, values);
    }

    private static double? Constant(IOperation operation) => Value(operation, null, 0);

    /// <summary>The value of an expression of constants and the variable of the loop; spans are in seconds.</summary>
    private static double? Value(IOperation operation, ILocalSymbol? variable, double value)
    {
        switch (operation)
        {
            case { ConstantValue: { HasValue: true, Value: { } constant } }:
                return constant is int or long or double ? Convert.ToDouble(constant, System.Globalization.CultureInfo.InvariantCulture) : null;
            case IConversionOperation conversion:
                return Value(conversion.Operand, variable, value);
            case IParenthesizedOperation inner:
                return Value(inner.Operand, variable, value);
            case ILocalReferenceOperation local:
                return variable is not null && SymbolEqualityComparer.Default.Equals(local.Local, variable) ? value : null;
            case IBinaryOperation { LeftOperand: var left, RightOperand: var right } binary when Value(left, variable, value) is { } a && Value(right, variable, value) is { } b:
                return binary.OperatorKind switch
                {
                    BinaryOperatorKind.Add => a + b,
                    BinaryOperatorKind.Subtract => a - b,
                    BinaryOperatorKind.Multiply => a * b,
                    BinaryOperatorKind.LeftShift => a * Math.Pow(2, b),
                    _ => null,
                };
            case IInvocationOperation { TargetMethod: { Name: "Pow", ContainingType.Name: "Math" }, Arguments: [var x, var y] } when Value(x.Value, variable, value) is { } power && Value(y.Value, variable, value) is { } exponent:
                return Math.Pow(power, exponent);
            case IInvocationOperation { TargetMethod: { ContainingType.Name: "TimeSpan", Name: var unit }, Arguments: [var amount, ..] } when Value(amount.Value, variable, value) is { } number:
                return unit switch
                {
                    "FromMilliseconds" => number / 1000,
                    "FromSeconds" => number,
                    "FromMinutes" => number * 60,
                    "FromHours" => number * 3600,
                    _ => null,
                };
            default:
                return null;
        }
    }
}
