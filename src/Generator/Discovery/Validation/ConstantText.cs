using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Portable.Generator.Workflows.Reading;

namespace Portable.Generator.Discovery.Validation;

/// <summary>Writes an attribute as the C# that makes it.</summary>
internal static class ConstantText
{
    /// <summary><c>new global::N.RangeAttribute(1, 9) { ErrorMessage = "..." }</c>; <see langword="null"/> when emitted code cannot make it.</summary>
    public static string? Construction(AttributeData attribute, Compilation compilation)
    {
        if (attribute is not { AttributeClass: { } type, AttributeConstructor: { } constructor }
            || !compilation.IsSymbolAccessibleWithin(type, compilation.Assembly)
            || !compilation.IsSymbolAccessibleWithin(constructor, compilation.Assembly))
        {
            return null;
        }

        var arguments = attribute.ConstructorArguments.Select(Of).ToList();
        var named = attribute.NamedArguments.Select(static argument => (argument.Key, Value: Of(argument.Value))).ToList();
        if (arguments.Contains(null) || named.Exists(static argument => argument.Value is null))
        {
            return null;
        }

        var initializer = named.Count == 0 ? "" : $" {{ {string.Join(", ", named.Select(static argument => $"{Readings.Escape(argument.Key)} = {argument.Value}"))} }}";
        return $"new {Readings.TypeOf(type).FullName}({string.Join(", ", arguments)}){initializer}";
    }

    /// <summary>The value of an argument as C#; <see langword="null"/> when it cannot be written.</summary>
    private static string? Of(TypedConstant constant)
    {
        if (constant.Kind == TypedConstantKind.Error)
        {
            return null;
        }

        if (constant.IsNull)
        {
            return constant.Type is null ? "null" : $"({Readings.TypeOf(constant.Type).FullName}{(constant.Type.IsReferenceType ? "?" : "")})null!";
        }

        switch (constant.Kind)
        {
            case TypedConstantKind.Enum:
                return $"({Readings.TypeOf(constant.Type!).FullName})({Convert.ToString(constant.Value, CultureInfo.InvariantCulture)})";
            case TypedConstantKind.Type:
                return constant.Value is ITypeSymbol type and not IErrorTypeSymbol ? $"typeof({Readings.TypeOf(type).FullName})" : null;
            case TypedConstantKind.Array:
                var items = constant.Values.Select(Of).ToList();
                return items.Contains(null) || constant.Type is not IArrayTypeSymbol array ? null : $"new {Readings.TypeOf(array.ElementType).FullName}{(array.ElementType.IsReferenceType ? "?" : "")}[] {{ {string.Join(", ", items)} }}";
            default:
                return Number(constant.Value!);
        }
    }

    private static string Number(object value) => value switch
    {
        double.NaN => "double.NaN",
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        float.NaN => "float.NaN",
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        double number => number.ToString("R", CultureInfo.InvariantCulture) + "D",
        float number => number.ToString("R", CultureInfo.InvariantCulture) + "F",
        long number => number == long.MinValue ? "long.MinValue" : number.ToString(CultureInfo.InvariantCulture) + "L",
        ulong number => number.ToString(CultureInfo.InvariantCulture) + "UL",
        uint number => number.ToString(CultureInfo.InvariantCulture) + "U",
        sbyte or byte or short or ushort => $"({Keyword(value)})({Convert.ToString(value, CultureInfo.InvariantCulture)})",
        _ => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false),
    };

    private static string Keyword(object value) => value switch
    {
        sbyte => "sbyte",
        byte => "byte",
        short => "short",
        _ => "ushort",
    };
}
