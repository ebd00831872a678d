using Microsoft.CodeAnalysis;
using Portable.Generator.Workflows.Reading;

namespace Portable.Analyzers.Json;

/// <summary>How code names the contract of a type that a <c>JsonSerializerContext</c> has.</summary>
internal static class JsonContracts
{
    /// <summary>The property of a context that has the type's contract; <see langword="null"/> when the context does not name the type, or where its name is not certain.</summary>
    public static string? PropertyOf(INamedTypeSymbol context, ITypeSymbol type, CancellationToken cancellationToken)
    {
        var wanted = Readings.TypeOf(type).FullName;
        foreach (var attribute in context.GetAttributes())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (attribute is { AttributeClass.Name: "JsonSerializableAttribute", ConstructorArguments: [{ Kind: TypedConstantKind.Type, Value: ITypeSymbol named }, ..] }
                && Readings.TypeOf(named).FullName == wanted)
            {
                var property = Readings.Named(attribute, "TypeInfoPropertyName")?.Value as string ?? NameOf(named);

                // Where the context has been generated, its members are known.
                return property is null || (!context.GetMembers("Default").IsEmpty && context.GetMembers(property).IsEmpty) ? null : property;
            }
        }

        return null;
    }

    /// <summary>
    /// The name that System.Text.Json gives: that of the type, of its type arguments after it, and <c>Array</c> after that of the element. Of types inside of
    /// generic types it is not taken to be known.
    /// </summary>
    private static string? NameOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => NameOf(array.ElementType) is { } element ? element + "Array" : null,
        INamedTypeSymbol { ContainingType.IsGenericType: true } or INamedTypeSymbol { IsTupleType: true } => null,
        INamedTypeSymbol { IsGenericType: true } generic => Generic(generic),
        INamedTypeSymbol => type.Name,
        _ => null,
    };

    private static string? Generic(INamedTypeSymbol type)
    {
        var name = type.Name;
        foreach (var argument in type.TypeArguments)
        {
            if (NameOf(argument) is not { } inner)
            {
                return null;
            }

            name += inner;
        }

        return name;
    }
}
