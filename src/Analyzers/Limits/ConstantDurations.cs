using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Workflows.Reading;

namespace Portable.Analyzers.Limits;

/// <summary>Durations that stand in the code: <c>TimeSpan.FromSeconds(30)</c>, <c>new TimeSpan(0, 1, 0)</c>, or a constant count of milliseconds.</summary>
internal static class ConstantDurations
{
    /// <summary>What the framework takes for no limit: <c>Timeout.InfiniteTimeSpan</c>.</summary>
    public static readonly TimeSpan Infinite = TimeSpan.FromMilliseconds(-1);

    /// <summary>The value of an expression, or <see langword="null"/> when it is not known. An integer counts units of the given length.</summary>
    public static TimeSpan? Of(IOperation operation, TimeSpan unit)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion)
        {
            operation = conversion.Operand;
        }

        if (operation.ConstantValue is { HasValue: true, Value: int count })
        {
            return Times(unit, count);
        }

        return operation switch
        {
            IFieldReferenceOperation { Field: { Name: "InfiniteTimeSpan", ContainingType.Name: "Timeout" } } => Infinite,
            IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } field } => Initial(field, operation) is { } value ? Of(value, unit) : null,
            IInvocationOperation { TargetMethod: { IsStatic: true } method } call when DurationConstants.IsDuration(method.ContainingType) && DurationConstants.UnitOf(method.Name) is { } named => Product(named, call),
            IObjectCreationOperation { Initializer: null } creation when DurationConstants.IsDuration(creation.Type) => Made(creation),
            _ => null,
        };
    }

    /// <summary>A duration as messages say it.</summary>
    public static string Say(TimeSpan duration) => duration.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";

    private static TimeSpan? Product(TimeSpan unit, IInvocationOperation call)
    {
        double? count = null;
        foreach (var argument in call.Arguments)
        {
            if (argument.ArgumentKind != ArgumentKind.DefaultValue)
            {
                if (count is not null || Number(argument.Value) is not { } number)
                {
                    return null;
                }

                count = number;
            }
        }

        return count is { } times ? Times(unit, times) : null;
    }

    private static TimeSpan? Made(IObjectCreationOperation creation)
    {
        var parts = new double[creation.Arguments.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (Number(creation.Arguments[i].Value) is not { } number)
            {
                return null;
            }

            parts[i] = number;
        }

        return parts switch
        {
            [var ticks] => Times(TimeSpan.FromTicks(1), ticks),
            [var hours, var minutes, var seconds] => Times(TimeSpan.FromSeconds(1), (((hours * 60) + minutes) * 60) + seconds),
            [var days, var hours, var minutes, var seconds, ..] when parts.Length < 6 => Times(TimeSpan.FromMilliseconds(1), ((((((((days * 24) + hours) * 60) + minutes) * 60) + seconds) * 1000) + (parts.Length == 5 ? parts[4] : 0))),
            _ => null,
        };
    }

    // What does not fit throws where the code runs, too.
    private static TimeSpan? Times(TimeSpan unit, double count) => Math.Abs(unit.Ticks * count) < long.MaxValue / 2 ? TimeSpan.FromTicks((long)Math.Round(unit.Ticks * count)) : null;

    private static double? Number(IOperation operation) => operation.ConstantValue is { HasValue: true, Value: IConvertible value and not string and not bool }
        ? value.ToDouble(CultureInfo.InvariantCulture)
        : null;

    // Only in the file that is being looked at: its semantic model is there already.
    private static IOperation? Initial(IFieldSymbol field, IOperation use)
    {
        foreach (var reference in field.DeclaringSyntaxReferences)
        {
            if (use.SemanticModel is { } model && reference.SyntaxTree == model.SyntaxTree
                && reference.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax } declared)
            {
                return model.GetOperation(declared.Initializer!.Value);
            }
        }

        return null;
    }
}
