using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>What System.Text.Json makes of a type's properties, as far as a workflow may rely on it.</summary>
internal static class JsonMembers
{
    private const string Serialization = "System.Text.Json.Serialization";

    public static IrName NameOf(IPropertySymbol property) => new(property.Name, ExplicitName(property));

    public static IrKind KindOf(ITypeSymbol? type) => Unwrap(type)?.SpecialType switch
    {
        SpecialType.System_String => IrKind.Text,
        SpecialType.System_Boolean => IrKind.Boolean,
        SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16
            or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 => IrKind.Integer,
        _ => ListTypes.ElementOf(type) is null ? IrKind.Object : IrKind.List,
    };

    public static ITypeSymbol? Unwrap(ITypeSymbol? type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;

    public static bool IsNullable(ITypeSymbol type) =>
        type.IsReferenceType ? type.NullableAnnotation != NullableAnnotation.NotAnnotated : type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    /// <summary>Whether a type is the pair of a key and a value that dictionaries consist of.</summary>
    public static bool IsPair(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "KeyValuePair", TypeArguments.Length: 2, ContainingNamespace: { Name: "Generic", ContainingNamespace: { Name: "Collections", ContainingNamespace.Name: "System" } } };

    /// <summary>Why a workflow cannot read the property from JSON; <see langword="null"/> when it can.</summary>
    public static string? WhyNotReadable(IPropertySymbol property)
    {
        var type = property.ContainingType;
        return property switch
        {
            { IsIndexer: true } => "uses an indexer: read the element in a step",
            { IsStatic: true } => $"reads the static '{property.Name}': pass it in the input or read it in a step",
            _ when !IsData(type) => $"reads '{type.Name}.{property.Name}', which is not part of the JSON: compute it in a step",
            _ when Ignored(property) == true => $"reads '{property.Name}', which [JsonIgnore] keeps out of the JSON",
            _ when property.ExplicitInterfaceImplementations.Length > 0 || type.TypeKind == TypeKind.Interface => $"reads '{property.Name}' through an interface: use the type itself",
            _ when !IsSerialized(property) => $"reads '{property.Name}', which is not public and so not part of the JSON: make it public or add [JsonInclude]",
            _ when IsComputed(property) => $"reads '{property.Name}', which is computed: the engines know only the stored members, so compute it in a step",
            _ when HasConverter(property) || HasConverter(type) => $"reads '{property.Name}' behind a [JsonConverter]: the engines cannot know what it writes, so read it in a step",
            _ => null,
        };
    }

    /// <summary>Whether the property does not survive a trip through JSON, so that no engine, and no step either, could read it.</summary>
    public static bool IsLost(IPropertySymbol property) => IsData(property.ContainingType) && !IsComputed(property) && (Ignored(property) == true || !IsSerialized(property));

    public static bool MayBeLeftOut(IPropertySymbol property) => IsNullable(property.Type) || Ignored(property) is not null;

    /// <summary>
    /// The properties that JSON of the type has, base types' first as written; or why an object of the type cannot be constructed in a workflow.
    /// </summary>
    public static IReadOnlyList<IPropertySymbol>? ToConstruct(INamedTypeSymbol type, out string? problem)
    {
        problem = null;
        if (!IsData(type) || type.TypeKind is not (TypeKind.Class or TypeKind.Struct))
        {
            problem = $"makes a '{type.Name}': only records and plain classes can be made in a workflow, so do it in a step";
            return null;
        }

        if (HasConverter(type) || HasAttribute(type, "JsonPolymorphicAttribute") || HasAttribute(type, "JsonDerivedTypeAttribute"))
        {
            problem = $"makes a '{type.Name}', whose JSON is customised: make it in a step";
            return null;
        }

        var properties = new List<IPropertySymbol>();
        for (var level = type; level is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) }; level = level.BaseType)
        {
            foreach (var member in level.GetMembers())
            {
                if (member is IFieldSymbol { IsStatic: false } field && HasAttribute(field, "JsonIncludeAttribute"))
                {
                    problem = $"makes a '{type.Name}', whose field '{field.Name}' is part of the JSON: make it a property";
                }

                if (member is not IPropertySymbol { IsStatic: false, IsIndexer: false } property || !IsSerialized(property) || Ignored(property) == true
                    || properties.Exists(known => known.Name == property.Name))
                {
                    continue;
                }

                problem ??= property switch
                {
                    _ when Ignored(property) == false => $"makes a '{type.Name}', whose '{property.Name}' is left out of the JSON depending on its value: make it in a step",
                    _ when IsComputed(property) => $"makes a '{type.Name}', whose '{property.Name}' is computed and part of the JSON: mark it [JsonIgnore] or make the object in a step",
                    _ when HasConverter(property) => $"makes a '{type.Name}', whose '{property.Name}' has a [JsonConverter]: make the object in a step",
                    _ => null,
                };
                properties.Add(property);
            }
        }

        return problem is null ? properties : null;
    }

    /// <summary>Whether a constructor's parameters are exactly the properties of the same names.</summary>
    public static bool IsPositional(IMethodSymbol constructor, CancellationToken cancellationToken)
    {
        var type = constructor.ContainingType;
        if (!type.IsRecord)
        {
            return false;
        }

        if (constructor.DeclaringSyntaxReferences.Length > 0)
        {
            return constructor.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken) is RecordDeclarationSyntax
                && constructor.Parameters.All(parameter => PropertyOf(type, parameter) is { } property && property.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellationToken) is ParameterSyntax));
        }

        // From metadata: the primary constructor is the one that Deconstruct mirrors.
        return constructor.Parameters.Length > 0
            && constructor.Parameters.All(parameter => PropertyOf(type, parameter) is not null)
            && type.GetMembers("Deconstruct").OfType<IMethodSymbol>().Any(method => method.Parameters.Length == constructor.Parameters.Length
                && method.Parameters.Zip(constructor.Parameters, static (left, right) => left.Name == right.Name && SymbolEqualityComparer.Default.Equals(left.Type, right.Type)).All(static same => same));
    }

    public static IPropertySymbol? PropertyOf(INamedTypeSymbol type, IParameterSymbol parameter) =>
        type.GetMembers(parameter.Name).OfType<IPropertySymbol>().FirstOrDefault();

    // Types of the framework are values to pass on (dates, lists, texts), not records to look into.
    public static bool IsData(INamedTypeSymbol type)
    {
        if (type.SpecialType != SpecialType.None || type.TypeKind is TypeKind.Enum or TypeKind.Delegate or TypeKind.Error || type.IsTupleType
            || type.AllInterfaces.Any(static contract => contract.SpecialType == SpecialType.System_Collections_IEnumerable))
        {
            return false;
        }

        var space = type.ContainingNamespace;
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
        {
            space = space.ContainingNamespace;
        }

        return space is not { IsGlobalNamespace: false, Name: "System" };
    }

    public static bool IsSerialized(IPropertySymbol property) =>
        property.GetMethod is { } getter
        && ((property.DeclaredAccessibility == Accessibility.Public && getter.DeclaredAccessibility == Accessibility.Public) || HasAttribute(property, "JsonIncludeAttribute"));

    public static bool IsComputed(IPropertySymbol property)
    {
        foreach (var reference in property.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is PropertyDeclarationSyntax declaration
                && (declaration.ExpressionBody is not null
                    || declaration.AccessorList?.Accessors.Any(static accessor => accessor.Kind() == SyntaxKind.GetAccessorDeclaration && (accessor.Body is not null || accessor.ExpressionBody is not null)) == true))
            {
                return true;
            }
        }

        return false;
    }

    // true: always left out; false: sometimes; null: never.
    public static bool? Ignored(IPropertySymbol property)
    {
        foreach (var attribute in property.GetAttributes())
        {
            if (Is(attribute, "JsonIgnoreAttribute"))
            {
                return Readings.Named(attribute, "Condition")?.Value switch
                {
                    null or 1 => true,
                    0 => null,
                    _ => false,
                };
            }
        }

        return null;
    }

    private static string? ExplicitName(IPropertySymbol property)
    {
        foreach (var attribute in property.GetAttributes())
        {
            if (Is(attribute, "JsonPropertyNameAttribute"))
            {
                return Readings.FirstText(attribute);
            }
        }

        return null;
    }

    public static bool HasConverter(ISymbol symbol) => HasAttribute(symbol, "JsonConverterAttribute");

    private static bool HasAttribute(ISymbol symbol, string name) => symbol.GetAttributes().Any(attribute => Is(attribute, name));

    private static bool Is(AttributeData attribute, string name) =>
        attribute.AttributeClass is { } type && type.Name == name && type.ContainingNamespace.ToDisplayString() == Serialization;
}
