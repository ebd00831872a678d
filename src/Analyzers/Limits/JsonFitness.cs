using Microsoft.CodeAnalysis;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.Limits;

/// <summary>Why System.Text.Json cannot write a type or read it back, where that is certain.</summary>
internal static class JsonFitness
{
    private static readonly (string Namespace, string Name, string What)[] Never =
    [
        ("System.IO", "Stream", "a stream"),
        ("System.IO", "TextReader", "a reader"),
        ("System.IO", "TextWriter", "a writer"),
        ("System", "Exception", "an exception"),
        ("System", "Type", "a type of .NET"),
        ("System.Reflection", "MemberInfo", "a member of .NET"),
        ("System.Threading", "CancellationToken", "a token of this process"),
        ("System.Threading.Tasks", "Task", "a task of this process"),
        ("System.Net.Http", "HttpClient", "a client"),
        ("System.Net.Http", "HttpRequestMessage", "a request"),
        ("System.Net.Http", "HttpResponseMessage", "an answer with its stream"),
        ("System.Data", "DataTable", "a data table"),
        ("System.Data", "DataSet", "a data set"),
        ("System.Linq.Expressions", "Expression", "an expression tree"),
        ("System.Collections.Generic", "IAsyncEnumerable", "a sequence that is still running"),
    ];

    /// <summary>The first member that does not fit, and why, as a clause.</summary>
    public static (PayloadMember Member, string Why)? Problem(ITypeSymbol payload)
    {
        foreach (var member in PayloadMembers.Of(payload))
        {
            if (WhyNot(member.Type) is { } why)
            {
                return (member, why);
            }
        }

        return null;
    }

    private static string? WhyNot(ITypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Delegate)
        {
            return "is a delegate";
        }

        if (type is IArrayTypeSymbol { Rank: > 1 })
        {
            return "is an array of several dimensions";
        }

        if (type.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr)
        {
            return "is a handle of this process";
        }

        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (var (space, name, what) in Never)
            {
                if (current.Name == name && current.ContainingNamespace?.ToDisplayString() == space)
                {
                    return $"is {what}";
                }
            }
        }

        return type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface } own && own.DeclaringSyntaxReferences.Length > 0 && !PayloadMembers.HasJson(own, "JsonConverterAttribute") ? OfOwn(own) : null;
    }

    private static string? OfOwn(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Interface || type.IsAbstract)
        {
            return !PayloadMembers.HasJson(type, "JsonDerivedTypeAttribute") && !PayloadMembers.HasJson(type, "JsonPolymorphicAttribute") && !type.IsStatic && !ImplementsList(type)
                ? $"is {(type.TypeKind == TypeKind.Interface ? "an interface" : "abstract")}, and nothing says which type to make of its JSON ([JsonDerivedType])"
                : null;
        }

        // System.Text.Json takes the constructor without parameters, else the only public one, else the one with [JsonConstructor].
        if (type.TypeKind == TypeKind.Struct || ImplementsList(type))
        {
            return null;
        }

        var open = 0;
        foreach (var constructor in type.InstanceConstructors)
        {
            if (PayloadMembers.HasJson(constructor, "JsonConstructorAttribute"))
            {
                return null;
            }

            if (constructor.DeclaredAccessibility == Accessibility.Public)
            {
                if (constructor.Parameters.Length == 0)
                {
                    return null;
                }

                open++;
            }
        }

        return open switch
        {
            0 => "has no public constructor to make it of JSON",
            > 1 => "has several constructors, and none is marked with [JsonConstructor]",
            _ => null,
        };
    }

    private static bool ImplementsList(INamedTypeSymbol type)
    {
        foreach (var contract in type.AllInterfaces)
        {
            if (contract.SpecialType == SpecialType.System_Collections_IEnumerable)
            {
                return true;
            }
        }

        return false;
    }
}
