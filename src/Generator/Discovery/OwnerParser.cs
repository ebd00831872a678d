using Microsoft.CodeAnalysis;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Reading;

namespace Portable.Generator.Discovery;

/// <summary>Reads who answers for a function: what the method says, else its class, else a class around it, else the assembly.</summary>
internal static class OwnerParser
{
    /// <summary>The owner; <see langword="null"/> when nobody is named.</summary>
    public static OwnerModel? Parse(IMethodSymbol method)
    {
        for (ISymbol? symbol = method; symbol is IMethodSymbol or INamedTypeSymbol; symbol = symbol.ContainingType)
        {
            if (Read(symbol) is { } owner)
            {
                return owner;
            }
        }

        return Read(method.ContainingAssembly);
    }

    private static OwnerModel? Read(ISymbol symbol) =>
        PortableTypes.Attribute(symbol, "OwnerAttribute") is { } attribute && Readings.FirstText(attribute) is { } name && !string.IsNullOrWhiteSpace(name)
            ? new OwnerModel(name.Trim(), Readings.Named(attribute, "Alert")?.Value is string alert && !string.IsNullOrWhiteSpace(alert) ? alert.Trim() : null)
            : null;
}
