using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Discovery;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>Reads a <c>TimeSpan</c> as whole seconds, rounded up: what every engine waits by.</summary>
internal sealed class Durations(ReadingContext context, ExpressionReader expressions)
{
    public IrExpression? Seconds(IOperation operation)
    {
        var value = FlowCallReader.WithoutConversions(operation);
        if (value is null)
        {
            return context.GiveUp();
        }

        if (Constant(value) is { } known)
        {
            return new IrLiteral(IrKind.Integer, Math.Ceiling(known.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        }

        return value is IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType.Name: "TimeSpan" } method } call && UnitOf(method.Name) is { TotalSeconds: >= 1 } unit
            && call.Arguments.Where(static argument => argument.ArgumentKind != ArgumentKind.DefaultValue).ToList() is { Count: 1 } arguments
            && Integer(arguments[0].Value) is { } count
            ? Multiplied(count, (long)unit.TotalSeconds)
            : Reject(operation);
    }

    // A number of units that is no constant: an int, so that the product is exact everywhere.
    private IOperation? Integer(IOperation operation)
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

    private IrExpression? Reject(IOperation operation)
    {
        context.Reject(
            RuleIdentifiers.Duration,
            operation,
            "waits for a TimeSpan that engines cannot compute: write TimeSpan.FromSeconds, FromMinutes, FromHours or FromDays of a constant or an int, here or in a static readonly field");
        return null;
    }

    /// <summary>The value of a duration that is known at compile time.</summary>
    private TimeSpan? Constant(IOperation? operation, int depth = 0)
    {
        try
        {
            return operation switch
            {
                IFieldReferenceOperation { Field: { Name: "Zero", ContainingType.Name: "TimeSpan" } } => TimeSpan.Zero,
                IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } field } when depth < 4 => Constant(Initial(field), depth + 1),
                IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType.Name: "TimeSpan" } method } call when UnitOf(method.Name) is { } unit => Product(unit, call.Arguments),
                IObjectCreationOperation { Type.Name: "TimeSpan", Initializer: null } creation => Made([.. creation.Arguments.Select(static argument => Number(argument.Value))]),
                _ => null,
            };
        }
        catch (OverflowException)
        {
            return null; // and so does the code, wherever it runs
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static TimeSpan? Product(TimeSpan unit, IEnumerable<IArgumentOperation> arguments)
    {
        var stated = arguments.Where(static argument => argument.ArgumentKind != ArgumentKind.DefaultValue).ToList();
        return stated.Count == 1 && Number(stated[0].Value) is { } count ? TimeSpan.FromTicks(checked((long)Math.Round(unit.Ticks * count))) : null;
    }

    private static TimeSpan? Made(IReadOnlyList<double?> parts) => parts.Contains(null) ? null : parts.Count switch
    {
        1 => TimeSpan.FromTicks((long)parts[0]!),
        3 => new TimeSpan((int)parts[0]!, (int)parts[1]!, (int)parts[2]!),
        4 => new TimeSpan((int)parts[0]!, (int)parts[1]!, (int)parts[2]!, (int)parts[3]!),
        _ => null,
    };

    private static double? Number(IOperation operation) => operation.ConstantValue is { HasValue: true, Value: IConvertible value and not string and not bool }
        ? value.ToDouble(CultureInfo.InvariantCulture)
        : null;

    private IOperation? Initial(IFieldSymbol field)
    {
        foreach (var reference in field.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(context.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } value })
            {
                return context.Semantics.Compilation.GetSemanticModel(value.SyntaxTree).GetOperation(value, context.CancellationToken);
            }
        }

        return null;
    }

    private static TimeSpan? UnitOf(string method) => method switch
    {
        "FromMilliseconds" => TimeSpan.FromMilliseconds(1),
        "FromSeconds" => TimeSpan.FromSeconds(1),
        "FromMinutes" => TimeSpan.FromMinutes(1),
        "FromHours" => TimeSpan.FromHours(1),
        "FromDays" => TimeSpan.FromDays(1),
        _ => null,
    };
}
