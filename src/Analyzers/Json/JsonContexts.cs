using Microsoft.CodeAnalysis;
using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Reading;

namespace Portable.Analyzers.Json;

/// <summary>What the rules ask of JSON contracts.</summary>
internal static class JsonContexts
{
    /// <summary>Whether one of the contexts names the type.</summary>
    public static bool Name(EquatableArray<JsonContextModel> contexts, TypeRef type)
    {
        foreach (var context in contexts)
        {
            foreach (var named in context.Types)
            {
                if (named == type.FullName)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether a type is this one or made of it, such as <c>Message&lt;Order&gt;[]</c> of <c>Order</c>.</summary>
    public static bool Mentions(ITypeSymbol type, TypeRef wanted) =>
        Readings.TypeOf(type).FullName == wanted.FullName
        || (type is IArrayTypeSymbol array && Mentions(array.ElementType, wanted))
        || (type is INamedTypeSymbol named && named.TypeArguments.Any(argument => Mentions(argument, wanted)));
}
