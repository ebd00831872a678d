using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Portable.Generator.Discovery;

/// <summary>
/// Recognises the types that discovery cares about by name. Looking them up once per compilation would need a place to keep
/// them between calls, and comparing two short strings is as fast.
/// </summary>
internal static class PortableTypes
{
    public const string FunctionAttribute = "Portable.FunctionAttribute";
    public const string StartupAttribute = "Portable.StartupAttribute";
    public const string JsonSerializableAttribute = "System.Text.Json.Serialization.JsonSerializableAttribute";

    public static bool IsPortable(ITypeSymbol? type, string name) => type is { ContainingType: null, ContainingNamespace: { Name: "Portable", ContainingNamespace.IsGlobalNamespace: true } } && type.Name == name;

    public static bool IsCancellationToken(ITypeSymbol type) => type.Name == "CancellationToken" && IsIn(type, "System", "Threading");

    /// <summary>Whether the type is the CloudEvents SDK's event, which projects may refer to.</summary>
    public static bool IsCloudEvent(ITypeSymbol type) => type.Name == "CloudEvent" && IsIn(type, "CloudNative", "CloudEvents");

    public static bool IsClaimsPrincipal(ITypeSymbol type) => type.Name == "ClaimsPrincipal" && IsIn(type, "System", "Security", "Claims");

    /// <summary>Whether the type is <c>Task</c> or <c>ValueTask</c>, with a result or without.</summary>
    public static bool IsTask(ITypeSymbol type, out bool isValueTask, out ITypeSymbol? result)
    {
        isValueTask = type.Name == "ValueTask";
        result = null;
        if ((!isValueTask && type.Name != "Task") || type is not INamedTypeSymbol named || !IsIn(type, "System", "Threading", "Tasks"))
        {
            return false;
        }

        result = named.TypeArguments.Length == 1 ? named.TypeArguments[0] : null;
        return named.TypeArguments.Length <= 1;
    }

    /// <summary>Whether the type parses itself: <c>IParsable&lt;T&gt;</c> of its own.</summary>
    public static bool IsParsable(ITypeSymbol type)
    {
        if (HasNoBaseList(type))
        {
            return false;
        }

        foreach (var contract in type.AllInterfaces)
        {
            if (contract.Name == "IParsable" && contract.TypeArguments.Length == 1 && IsIn(contract, "System")
                && SymbolEqualityComparer.Default.Equals(contract.TypeArguments[0], type))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether the type is declared in this project without a base list. Most payloads are, and asking the compiler for the
    /// interfaces of a record makes it bind the whole record.
    /// </summary>
    private static bool HasNoBaseList(ITypeSymbol type)
    {
        if (type.DeclaringSyntaxReferences.Length == 0)
        {
            return false;
        }

        foreach (var declaration in type.DeclaringSyntaxReferences)
        {
            if (declaration.GetSyntax() is not TypeDeclarationSyntax { BaseList: null })
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The element type of an array or of one of the collection types that a batch is bound to.</summary>
    public static ITypeSymbol? ElementOf(ITypeSymbol type, out bool isArray)
    {
        isArray = type is IArrayTypeSymbol;
        return type switch
        {
            IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
            INamedTypeSymbol { TypeArguments.Length: 1, Name: "List" or "IReadOnlyList" or "IReadOnlyCollection" or "IEnumerable" or "IList" or "ICollection" } list
                when IsIn(list, "System", "Collections", "Generic") => list.TypeArguments[0],
            _ => null,
        };
    }

    public static bool IsCollectionInterface(ITypeSymbol type)
    {
        for (var space = type.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (space.Name == "Collections" && space.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true })
            {
                return true;
            }
        }

        return false;
    }

    public static AttributeData? Attribute(ISymbol symbol, string name)
    {
        // Most parameters have no attributes, which their syntax says sooner than their symbols.
        if (symbol is IParameterSymbol { DeclaringSyntaxReferences: [{ } declaration] } && declaration.GetSyntax() is ParameterSyntax { AttributeLists.Count: 0 })
        {
            return null;
        }

        foreach (var attribute in symbol.GetAttributes())
        {
            if (IsPortable(attribute.AttributeClass, name))
            {
                return attribute;
            }
        }

        return null;
    }

    private static bool IsIn(ITypeSymbol type, params string[] names)
    {
        var space = type.ContainingNamespace;
        for (var i = names.Length - 1; i >= 0; i--)
        {
            if (type.ContainingType is not null || space is null || space.Name != names[i])
            {
                return false;
            }

            space = space.ContainingNamespace;
        }

        return space is { IsGlobalNamespace: true };
    }
}
