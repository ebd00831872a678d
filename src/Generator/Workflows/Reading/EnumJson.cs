using System.Globalization;
using Microsoft.CodeAnalysis;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>
/// How enums travel as JSON: as numbers, or as texts when the type says so. A context that turns all enums into texts cannot be matched
/// with the values that pass through it at this stage, so that it leaves every enum without its own converter unknown.
/// </summary>
internal sealed class EnumJson(Compilation compilation)
{
    private bool? _contextsDecide;

    /// <summary>Text, integer, or an object whose JSON only .NET knows.</summary>
    public IrKind KindOf(INamedTypeSymbol type) => Converter(type) switch
    {
        null => type.EnumUnderlyingType?.SpecialType == SpecialType.System_UInt64 || ContextsDecide() ? IrKind.Object : IrKind.Integer,
        { Name: "JsonStringEnumConverter" } => IrKind.Text,
        _ => IrKind.Object,
    };

    /// <summary>A value of the enum as JSON; <see langword="null"/> when it has no form that is sure.</summary>
    public IrLiteral? Literal(INamedTypeSymbol type, object? value) => KindOf(type) switch
    {
        IrKind.Integer => new IrLiteral(IrKind.Integer, Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)),
        IrKind.Text when NameOf(type, value) is { } name => new IrLiteral(IrKind.Text, name),
        _ => null,
    };

    // A value with two names has one of them in JSON, and which one is not documented.
    private static string? NameOf(INamedTypeSymbol type, object? value)
    {
        string? name = null;
        foreach (var member in type.GetMembers())
        {
            if (member is IFieldSymbol { HasConstantValue: true } field && Equals(field.ConstantValue, value))
            {
                if (name is not null)
                {
                    return null;
                }

                name = field.Name;
                foreach (var attribute in field.GetAttributes())
                {
                    name = attribute.AttributeClass?.Name == "JsonStringEnumMemberNameAttribute" ? Readings.FirstText(attribute) ?? name : name;
                }
            }
        }

        return name;
    }

    private static ITypeSymbol? Converter(INamedTypeSymbol type)
    {
        foreach (var attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "JsonConverterAttribute")
            {
                return attribute.ConstructorArguments is [{ Value: INamedTypeSymbol converter }] ? converter : attribute.AttributeClass;
            }
        }

        return null;
    }

    private bool ContextsDecide()
    {
        if (_contextsDecide is { } known)
        {
            return known;
        }

        var pending = new Stack<INamespaceOrTypeSymbol>();
        pending.Push(compilation.Assembly.GlobalNamespace);
        var found = false;
        while (pending.Count > 0 && !found)
        {
            foreach (var member in pending.Pop().GetMembers())
            {
                if (member is INamespaceOrTypeSymbol inner)
                {
                    pending.Push(inner);
                    found |= member is INamedTypeSymbol { BaseType.Name: "JsonSerializerContext" } context && TurnsEnumsIntoTexts(context);
                }
            }
        }

        _contextsDecide = found;
        return found;
    }

    private static bool TurnsEnumsIntoTexts(INamedTypeSymbol context)
    {
        foreach (var attribute in context.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "JsonSourceGenerationOptionsAttribute"
                && (Readings.Named(attribute, "UseStringEnumConverter")?.Value is true || Readings.Named(attribute, "Converters") is not null))
            {
                return true;
            }
        }

        return false;
    }
}
