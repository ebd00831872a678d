using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>Durations that are known at compile time, and the locals that hold them or count them in seconds.</summary>
internal sealed class DurationConstants(ReadingContext context)
{
    private const int DeepestField = 4;

    private readonly Dictionary<ISymbol, TimeSpan> _constants = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, IrVariable> _seconds = new(SymbolEqualityComparer.Default);

    /// <summary>How long a unit of <c>TimeSpan.From...</c> is.</summary>
    public static TimeSpan? UnitOf(string method) => method switch
    {
        "FromMilliseconds" => TimeSpan.FromMilliseconds(1),
        "FromSeconds" => TimeSpan.FromSeconds(1),
        "FromMinutes" => TimeSpan.FromMinutes(1),
        "FromHours" => TimeSpan.FromHours(1),
        "FromDays" => TimeSpan.FromDays(1),
        _ => null,
    };

    public static bool IsDuration(ITypeSymbol? type) => type is { Name: "TimeSpan", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>Says that a local always has one value.</summary>
    public void Declare(ILocalSymbol local, TimeSpan value) => _constants[local] = value;

    /// <summary>Says that a variable has the seconds of a local that is for nothing but waiting.</summary>
    public void Declare(ILocalSymbol local, IrVariable seconds) => _seconds[local] = seconds;

    public IrVariable? SecondsOf(ILocalSymbol local) => _seconds.TryGetValue(local, out var seconds) ? seconds : null;

    /// <summary>The JSON of a duration that is known.</summary>
    public IrLiteral? Literal(IOperation operation) =>
        operation is not ILocalReferenceOperation && Of(operation) is { } known ? new IrLiteral(IrKind.Text, known.ToString("c", CultureInfo.InvariantCulture)) : null;

    /// <summary>The value of a duration that is known at compile time.</summary>
    public TimeSpan? Of(IOperation? operation, int depth = 0)
    {
        try
        {
            return operation switch
            {
                IParenthesizedOperation inner => Of(inner.Operand, depth),
                IConversionOperation { IsImplicit: true, OperatorMethod: null, Conversion.IsIdentity: true } conversion => Of(conversion.Operand, depth),
                ILocalReferenceOperation local when _constants.TryGetValue(local.Local, out var known) => known,
                IDefaultValueOperation when IsDuration(operation.Type) => TimeSpan.Zero,
                IFieldReferenceOperation { Field: { Name: "Zero", ContainingType: { } owner } } when IsDuration(owner) => TimeSpan.Zero,
                IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } field } when depth < DeepestField && IsDuration(field.Type) => Of(Initial(field), depth + 1),
                IInvocationOperation { TargetMethod: { IsStatic: true } method } call when IsDuration(method.ContainingType) && UnitOf(method.Name) is { } unit => Product(unit, call.Arguments),
                IObjectCreationOperation { Initializer: null } creation when IsDuration(creation.Type) => Made([.. creation.Arguments.Select(static argument => Number(argument.Value))]),
                IBinaryOperation { OperatorMethod: { } method } binary when IsDuration(method.ContainingType) => Calculated(binary, depth),
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

    private TimeSpan? Calculated(IBinaryOperation binary, int depth)
    {
        var (left, right) = (Of(binary.LeftOperand, depth), Of(binary.RightOperand, depth));
        return (binary.OperatorKind, left, right) switch
        {
            (BinaryOperatorKind.Add, { } a, { } b) => a + b,
            (BinaryOperatorKind.Subtract, { } a, { } b) => a - b,
            (BinaryOperatorKind.Multiply, { } a, null) when Number(binary.RightOperand) is { } factor => Times(a, factor),
            (BinaryOperatorKind.Multiply, null, { } b) when Number(binary.LeftOperand) is { } factor => Times(b, factor),
            _ => null,
        };
    }

    private static TimeSpan Times(TimeSpan unit, double count) => TimeSpan.FromTicks(checked((long)Math.Round(unit.Ticks * count)));

    private static TimeSpan? Product(TimeSpan unit, IEnumerable<IArgumentOperation> arguments)
    {
        var stated = arguments.Where(static argument => argument.ArgumentKind != ArgumentKind.DefaultValue).ToList();
        return stated.Count == 1 && Number(stated[0].Value) is { } count ? Times(unit, count) : null;
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
}
