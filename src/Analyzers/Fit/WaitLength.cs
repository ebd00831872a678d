using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;
using Portable.Generator.Workflows.Reading;

namespace Portable.Analyzers.Fit;

/// <summary>How long a wait is, as far as the code says it: milliseconds or a <c>TimeSpan</c> of constants, directly or in a static readonly field.</summary>
internal static class WaitLength
{
    /// <summary>The seconds of an argument; infinity for a wait without an end; <see langword="null"/> when it is not known.</summary>
    public static double? SecondsOf(IOperation argument, bool followFields = true)
    {
        while (argument is IConversionOperation { OperatorMethod: null } conversion)
        {
            argument = conversion.Operand;
        }

        if (Number(argument) is { } milliseconds)
        {
            return milliseconds < 0 ? double.PositiveInfinity : milliseconds / 1000;
        }

        return argument switch
        {
            IInvocationOperation { TargetMethod: { IsStatic: true } method } call when DurationConstants.IsDuration(method.ContainingType) && DurationConstants.UnitOf(method.Name) is { } unit => Of(call, unit.TotalSeconds),
            IObjectCreationOperation { Initializer: null } creation when DurationConstants.IsDuration(creation.Type) => Of(creation),
            IFieldReferenceOperation { Field: { Name: "InfiniteTimeSpan" } field } when TypeNames.Is(field.ContainingType, "System.Threading", "Timeout") => double.PositiveInfinity,
            IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } field } when followFields && DurationConstants.IsDuration(field.Type) => Initial(field, argument.SemanticModel) is { } value ? SecondsOf(value, followFields: false) : null,
            _ => null,
        };
    }

    private static double? Of(IInvocationOperation call, double unit)
    {
        double? seconds = null;
        foreach (var argument in call.Arguments)
        {
            if (argument.ArgumentKind != ArgumentKind.DefaultValue)
            {
                // TimeSpan.FromMinutes(1, 30): the smaller units are left to those who write that.
                seconds = seconds is null ? Number(argument.Value) * unit : null;
            }
        }

        return seconds;
    }

    private static double? Of(IObjectCreationOperation creation)
    {
        var first = creation.Arguments.Length == 4 ? 86_400d : 3_600d;
        if (creation.Arguments.Length is not (3 or 4))
        {
            return null;
        }

        double? seconds = 0;
        foreach (var argument in creation.Arguments)
        {
            seconds += Number(argument.Value) * first;
            first = first == 86_400d ? 3_600d : first / 60;
        }

        return seconds;
    }

    private static double? Number(IOperation operation) =>
        operation.ConstantValue is { HasValue: true, Value: IConvertible value and not (string or bool or char) } ? value.ToDouble(CultureInfo.InvariantCulture) : null;

    private static IOperation? Initial(IFieldSymbol field, SemanticModel? model)
    {
        foreach (var reference in field.DeclaringSyntaxReferences)
        {
            if (model is not null && reference.SyntaxTree == model.SyntaxTree && reference.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } value })
            {
                return model.GetOperation(value);
            }
        }

        return null;
    }
}
