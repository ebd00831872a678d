using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Reading;

namespace Portable.Generator.Discovery;

/// <summary>Reads what is a secret: parameters of handlers and constructors, and properties of options classes.</summary>
internal static class SecretReading
{
    public const string AttributeName = "Portable.SecretAttribute";

    private const string Secret = "SecretAttribute";
    private const int LongestName = 100; // Key Vault takes 127 characters, of which an application may want some for a prefix

    /// <summary>The name of the secret that a parameter is; <see langword="null"/> for any other parameter, and for one of which <see cref="Check"/> has to speak.</summary>
    public static string? Of(IParameterSymbol parameter) =>
        parameter.Type.SpecialType == SpecialType.System_String && parameter.RefKind == RefKind.None && PortableTypes.Attribute(parameter, Secret) is { } attribute && Readings.FirstText(attribute) is { } name && IsName(name)
            ? name
            : null;

    /// <summary>Whether a parameter says that it is a secret.</summary>
    public static bool IsMarked(IParameterSymbol parameter) => PortableTypes.Attribute(parameter, Secret) is not null;

    /// <summary>The secret that a property is; <see langword="null"/> when emitted code cannot set it.</summary>
    public static SecretPropertyModel? Of(IPropertySymbol property) =>
        PortableTypes.Attribute(property, Secret) is { } attribute && Readings.FirstText(attribute) is { } name && IsName(name) && Problem(property) is null
            ? new SecretPropertyModel(Readings.TypeOf(property.ContainingType).FullName, property.Name, name)
            : null;

    /// <summary>What is wrong with a parameter or property that says it is a secret.</summary>
    /// <param name="symbol">The parameter or property.</param>
    /// <param name="isBound">Whether emitted code gives the parameter its value: it is one of a handler, or of a constructor that emitted code calls.</param>
    /// <param name="findings">Where findings go.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static void Check(ISymbol symbol, bool isBound, ImmutableArray<Finding>.Builder findings, CancellationToken cancellationToken)
    {
        if (PortableTypes.Attribute(symbol, Secret) is not { } attribute)
        {
            return;
        }

        if ((symbol is IPropertySymbol property ? Problem(property) : Problem((IParameterSymbol)symbol, isBound)) is { } problem)
        {
            findings.Add(Findings.Of(RuleIdentifiers.SecretPlace, Readings.LocationOf(symbol), symbol.Name, problem));
        }

        if (Readings.FirstText(attribute) is { } name && !IsName(name))
        {
            findings.Add(Findings.Of(
                RuleIdentifiers.SecretName,
                Readings.LocationOf(attribute, symbol, cancellationToken),
                symbol.Name,
                $"is the secret '{name}', a name that not every cloud accepts: use up to {LongestName} lower-case letters, digits and single hyphens, a letter first"));
        }
    }

    private static string? Problem(IParameterSymbol parameter, bool isBound) =>
        Readings.IsBroken(parameter.Type) ? null
        : parameter.Type.SpecialType != SpecialType.System_String || parameter.RefKind != RefKind.None ? $"is a secret and of the type '{parameter.Type.ToDisplayString()}': take it as a string"
        : parameter.HasExplicitDefaultValue && parameter.ExplicitDefaultValue is string { Length: > 0 } ? "is a secret with a default value, which everybody can read who has the code: remove the value, and set the secret where the platform keeps it"
        : !isBound ? "has [Secret], and nothing sets it here: put it on a parameter of a [Function], of the constructor of a class with functions or steps, or on a property of an options class"
        : null;

    private static string? Problem(IPropertySymbol property) =>
        Readings.IsBroken(property.Type) ? null
        : property.Type.SpecialType != SpecialType.System_String ? $"is a secret and of the type '{property.Type.ToDisplayString()}': make it a string"
        : property.ContainingType is not { TypeKind: TypeKind.Class, IsStatic: false, IsAbstract: false, IsGenericType: false } || property.IsStatic || property.IsIndexer
            || property.ContainingType.ContainingType is { IsGenericType: true } ? "is a secret, and belongs to no class that options can be of: make it a property of a plain class"
        : property.SetMethod is not { IsInitOnly: false } setter || !Readings.IsReachable(setter.DeclaredAccessibility) || !IsReachable(property.ContainingType) ? "is a secret that emitted code cannot set: give it a setter that is internal or public, in a class that is"
        : HasLiteral(property) ? "is a secret with a value in the code, which everybody can read who has it: remove the value, and set the secret where the platform keeps it"
        : null;

    private static bool IsReachable(INamedTypeSymbol type)
    {
        for (var outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (!Readings.IsReachable(outer.DeclaredAccessibility) || outer.IsFileLocal)
            {
                return false;
            }
        }

        return true;
    }

    // = "" is what nullable reference types make people write; it tells nobody anything.
    private static bool HasLiteral(IPropertySymbol property)
    {
        foreach (var declaration in property.DeclaringSyntaxReferences)
        {
            if (declaration.GetSyntax() is PropertyDeclarationSyntax { Initializer.Value: LiteralExpressionSyntax { Token.Value: string { Length: > 0 } } })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether every cloud takes the name.</summary>
    public static bool IsName(string name) => Readings.IsCloudName(name, LongestName) && !name.Contains("--");
}
