using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>
/// Reads a <c>TimeSpan</c> as whole seconds, rounded up: what every engine waits by. What is made of constants and integers is counted
/// in seconds from the start; any other is a value with a JSON of its own, whose seconds a generated step counts.
/// </summary>
internal sealed class Durations(ReadingContext context, ExpressionReader expressions)
{
    public IrExpression? Seconds(IOperation operation)
    {
        var value = FlowCallReader.WithoutConversions(operation);
        return value is null ? context.GiveUp()
            : IsCounted(value) ? expressions.Converted(value, () => Counted(value), Form)
            : expressions.Converted(value, null, Form);
    }

    /// <summary>Whether seconds can be counted from what the duration is made of.</summary>
    public bool IsCounted(IOperation? operation) => FlowCallReader.WithoutConversions(operation) switch
    {
        null => false,
        var value when context.Durations.Of(value) is not null => true,
        ILocalReferenceOperation local => context.Durations.SecondsOf(local.Local) is not null,
        IConditionalOperation { WhenFalse: { } otherwise } choice => IsLeaf(choice.WhenTrue) && IsLeaf(otherwise),
        ISwitchExpressionOperation choice => choice.Arms.All(arm => IsLeaf(arm.Value)),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract, OperatorMethod: { } method } sum when DurationConstants.IsDuration(method.ContainingType) =>
            IsCounted(sum.LeftOperand) && IsWhole(sum.LeftOperand) && IsCounted(sum.RightOperand) && IsWhole(sum.RightOperand),
        var value => Units(value) is not null,
    };

    /// <summary>The seconds of such a duration.</summary>
    public IrExpression? Counted(IOperation operation) => FlowCallReader.WithoutConversions(operation) switch
    {
        null => context.GiveUp(),
        var value when context.Durations.Of(value) is { } known => new IrLiteral(IrKind.Integer, Math.Ceiling(known.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
        ILocalReferenceOperation local => context.Durations.SecondsOf(local.Local) ?? context.GiveUp(),
        IConditionalOperation or ISwitchExpressionOperation => expressions.Chosen(FlowCallReader.WithoutConversions(operation)!, Counted, IrKind.Integer),
        IBinaryOperation sum => Counted(sum.LeftOperand) is { } left && Counted(sum.RightOperand) is { } right
            ? new IrArithmetic(sum.OperatorKind == BinaryOperatorKind.Add ? IrArithmeticOperator.Add : IrArithmeticOperator.Subtract, left, right, Wraps: false)
            : null,
        var value => Units(value) is var (count, seconds) ? Multiplied(count, seconds) : context.GiveUp(),
    };

    private LiftedForm Form => new(
        context.Semantics.Compilation.GetSpecialType(SpecialType.System_Int64),
        static text => $"(long)global::System.Math.Ceiling(({text}).TotalSeconds)",
        "waits for a TimeSpan that engines cannot compute: write TimeSpan.FromSeconds, FromMinutes, FromHours or FromDays of a constant or an int, here or in a static readonly field");

    private bool IsLeaf(IOperation operation) => operation is IConversionOperation { Operand: IThrowOperation } or IThrowOperation || IsCounted(operation);

    // Rounding up a sum is not rounding up its parts.
    private bool IsWhole(IOperation operation) => FlowCallReader.WithoutConversions(operation) switch
    {
        null => false,
        var value when context.Durations.Of(value) is { } known => known.Ticks % TimeSpan.TicksPerSecond == 0,
        IConditionalOperation { WhenFalse: { } otherwise } choice => IsWhole(choice.WhenTrue) && IsWhole(otherwise),
        ISwitchExpressionOperation or ILocalReferenceOperation => false,
        IBinaryOperation sum => IsWhole(sum.LeftOperand) && IsWhole(sum.RightOperand),
        _ => true,
    };

    private static (IOperation Count, long Seconds)? Units(IOperation value) =>
        value is IInvocationOperation { TargetMethod: { IsStatic: true } method } call && DurationConstants.IsDuration(method.ContainingType)
        && DurationConstants.UnitOf(method.Name) is { TotalSeconds: >= 1 } unit
        && call.Arguments.Where(static argument => argument.ArgumentKind != ArgumentKind.DefaultValue).ToList() is { Count: 1 } arguments
        && Integer(arguments[0].Value) is { } count
            ? (count, (long)unit.TotalSeconds)
            : null;

    // A number of units that is no constant: an int, so that the product is exact everywhere.
    private static IOperation? Integer(IOperation operation)
    {
        while (operation is IConversionOperation { Conversion: { IsImplicit: true, IsUserDefined: false } } conversion)
        {
            operation = conversion.Operand;
        }

        return operation.Type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Byte or SpecialType.System_SByte ? operation : null;
    }

    private IrExpression? Multiplied(IOperation count, long seconds) => expressions.Read(count) switch
    {
        null => null,
        { } value when seconds == 1 => value,
        { } value => new IrArithmetic(IrArithmeticOperator.Multiply, value, new IrLiteral(IrKind.Integer, seconds.ToString(CultureInfo.InvariantCulture)), Wraps: false),
    };
}
