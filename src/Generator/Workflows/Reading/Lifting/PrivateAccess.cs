using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Portable.Generator.Workflows.Reading;

/// <summary>Gives emitted code access to private static methods and fields of the workflow's class: the runtime's own way, without reflection.</summary>
internal sealed class PrivateAccess(Compilation compilation)
{
    private const string Accessor = "[global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.";

    private readonly Dictionary<ISymbol, string> _names = new(SymbolEqualityComparer.Default);
    private readonly List<string> _declarations = [];

    public IReadOnlyList<string> Declarations => _declarations;

    /// <summary>The function to call instead of a private method, with the arguments behind a <c>null</c>.</summary>
    public string? Call(IMethodSymbol method, InvocationExpressionSyntax call)
    {
        var arguments = call.ArgumentList.Arguments;
        return !IsHidden(method) || method.IsGenericMethod || method.MethodKind != MethodKind.Ordinary || method.Parameters.Any(static parameter => parameter.RefKind != RefKind.None || parameter.IsParams)
            || method.Parameters.Skip(arguments.Count).Any(static parameter => !parameter.HasExplicitDefaultValue || Default(parameter) is null) || arguments.Any(static argument => argument.NameColon is not null) || !method.Parameters.All(parameter => IsVisible(parameter.Type)) || !IsVisible(method.ReturnType)
                ? null
                : Name(method, name => $"{Accessor}StaticMethod, Name = \"{method.Name}\")] static extern {Text(method.ReturnType)} {name}({Text(method.ContainingType)}? owner{string.Concat(method.Parameters.Select(static (parameter, index) => $", {Text(parameter.Type)} value{index}"))});");
    }

    /// <summary>The values of the parameters that a call leaves out.</summary>
    public static IEnumerable<string> Omitted(IMethodSymbol method, int given) => method.Parameters.Skip(given).Select(static parameter => Default(parameter)!);

    private static string? Default(IParameterSymbol parameter) =>
        parameter.ExplicitDefaultValue is null ? "default" : parameter.Type.TypeKind == TypeKind.Enum ? null : LiftedText.Constant(parameter.ExplicitDefaultValue);

    /// <summary>The function that reads a private field, called with <c>null</c>.</summary>
    public string? Read(IFieldSymbol field) => !field.IsStatic || field.IsConst || !IsHidden(field) || !IsVisible(field.Type)
        ? null
        : Name(field, name => $"{Accessor}StaticField, Name = \"{field.Name}\")] static extern ref {Text(field.Type)} {name}({Text(field.ContainingType)}? owner);");

    private string Name(ISymbol symbol, Func<string, string> declare)
    {
        if (!_names.TryGetValue(symbol, out var name))
        {
            _names[symbol] = name = $"{symbol.Name}__{_names.Count + 1}";
            _declarations.Add(declare(name));
        }

        return name;
    }

    // A static class is no type of a parameter, and so nobody's owner.
    private bool IsHidden(ISymbol symbol) =>
        symbol.ContainingType is { IsStatic: false, IsGenericType: false } owner && IsVisible(owner) && !compilation.IsSymbolAccessibleWithin(symbol, compilation.Assembly);

    private bool IsVisible(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsVisible(array.ElementType),
        INamedTypeSymbol named => !named.IsAnonymousType && !named.IsFileLocal && compilation.IsSymbolAccessibleWithin(named.OriginalDefinition, compilation.Assembly) && named.TypeArguments.All(IsVisible),
        _ => false,
    };

    private static string Text(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier));
}
