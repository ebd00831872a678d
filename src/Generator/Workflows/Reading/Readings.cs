using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Portable.Generator.Discovery;
using Portable.Generator.Helpers;
using Portable.Generator.Model;

namespace Portable.Generator.Workflows.Reading;

/// <summary>What the workflow, step and inference readers share.</summary>
internal static class Readings
{
    private static readonly SymbolDisplayFormat Qualified = SymbolDisplayFormat.FullyQualifiedFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers | SymbolDisplayMiscellaneousOptions.ExpandValueTuple);

    public static TypeRef TypeOf(ITypeSymbol type)
    {
        if (QuickName(type) is { } name)
        {
            return new TypeRef(name, type.Name, type.IsValueType);
        }

        type = type.IsReferenceType ? type.WithNullableAnnotation(NullableAnnotation.NotAnnotated) : type;
        return new TypeRef(type.ToDisplayString(Qualified), type is IArrayTypeSymbol array ? TypeOf(array.ElementType).Name + "[]" : type.Name, type.IsValueType);
    }

    /// <summary>
    /// The names of most types, without the compiler's formatter: the transforms of a generator run at every keystroke, for every
    /// handler, and naming types is a large part of what they do.
    /// </summary>
    private static string? QuickName(ITypeSymbol type)
    {
        switch (type.SpecialType)
        {
            case SpecialType.System_String:
                return "string";
            case SpecialType.System_Int32:
                return "int";
            case SpecialType.System_Int64:
                return "long";
            case SpecialType.System_Boolean:
                return "bool";
            case SpecialType.None when type is INamedTypeSymbol { IsGenericType: false, IsTupleType: false, ContainingType: null, TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface or TypeKind.Enum } named:
                return $"global::{NamespacePrefix(named.ContainingNamespace)}{Escape(named.Name)}";
            default:
                return null;
        }
    }

    private static string NamespacePrefix(INamespaceSymbol? space) =>
        space is null or { IsGlobalNamespace: true } ? "" : $"{NamespacePrefix(space.ContainingNamespace)}{Escape(space.Name)}.";

    public static string IdentifierOf(IMethodSymbol method)
    {
        // Underscores of the names are doubled, so that A_B.M and A.B.M stay two.
        var name = method.Name.Replace("_", "__");
        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            name = $"{type.Name.Replace("_", "__")}_{name}";
        }

        return name;
    }

    public static string NamespaceOf(ISymbol symbol) =>
        symbol.ContainingNamespace is { IsGlobalNamespace: false } space ? Generated(NamespacePrefix(space).TrimEnd('.')) : "Portable.Generated";

    // A namespace may be called as one of the types that are emitted beside it.
    private static string Generated(string space)
    {
        var dot = space.IndexOf('.');
        var first = dot < 0 ? space.Length : dot;
        return space.Substring(0, first) is "PortableApplication" or "PortableHost" or "PortableProgram" or "AzureHttp" or "AzureWorker"
            ? $"Portable.Generated.{space.Substring(0, first)}_{space.Substring(first)}"
            : $"Portable.Generated.{space}";
    }

    /// <summary>How to make the object, or why emitted code cannot.</summary>
    public static ActivationModel? ActivationOf(INamedTypeSymbol type, bool isStatic, bool hasInference, out string? problem)
    {
        problem = null;
        for (var outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.IsGenericType)
            {
                problem = $"belongs to the generic type '{outer.Name}': emitted code would not know its type arguments, so move it to a type without type parameters";
                return null;
            }

            if (!IsReachable(outer.DeclaredAccessibility) || outer.IsFileLocal)
            {
                problem = $"belongs to '{outer.Name}', which emitted code cannot see: make the type internal or public";
                return null;
            }
        }

        if (isStatic)
        {
            return new ActivationModel(TypeOf(type), true, EquatableArray<DependencyModel>.Empty, hasInference);
        }

        if (type.IsRefLikeType)
        {
            problem = $"belongs to '{type.Name}', which lives on the stack: make it a class";
            return null;
        }

        if (type.IsAbstract)
        {
            problem = $"belongs to the abstract type '{type.Name}': put it on a type that can be constructed";
            return null;
        }

        var constructors = type.InstanceConstructors.Where(constructor => IsReachable(constructor.DeclaredAccessibility) && !IsCopy(constructor)).ToList();
        if (constructors.Count != 1 && !(type.IsValueType && constructors.Count == 2))
        {
            problem = $"belongs to '{type.Name}', which needs exactly one internal or public constructor to be made from services";
            return null;
        }

        var chosen = constructors.OrderByDescending(static constructor => constructor.Parameters.Length).First();
        if (chosen.Parameters.FirstOrDefault(static parameter => !CanBeService(parameter)) is { } other)
        {
            problem = $"belongs to '{type.Name}', whose constructor takes '{other.Name}', which no service can be: register an options class and take that";
            return null;
        }

        if (HasRequiredMembers(type) && !chosen.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "SetsRequiredMembersAttribute"))
        {
            problem = $"belongs to '{type.Name}', which has required members: take them as parameters of the constructor";
            return null;
        }

        return new ActivationModel(TypeOf(type), false, chosen.Parameters.Select(static parameter => new DependencyModel(TypeOf(parameter.Type), OutputParameters.Of(parameter), SecretReading.Of(parameter))).ToEquatableArray(), hasInference);
    }

    public static bool IsReachable(Accessibility accessibility) => accessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;

    private static bool HasRequiredMembers(INamedTypeSymbol type)
    {
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool CanBeService(IParameterSymbol parameter) =>
        SecretReading.IsMarked(parameter) || parameter.RefKind == RefKind.None && !parameter.Type.IsValueType && parameter.Type.SpecialType == SpecialType.None
        && parameter.Type.TypeKind is TypeKind.Class or TypeKind.Interface or TypeKind.Delegate or TypeKind.Error;

    private static bool IsCopy(IMethodSymbol constructor) =>
        constructor.ContainingType.IsRecord && constructor.Parameters.Length == 1 && WorkflowSymbols.Same(constructor.Parameters[0].Type, constructor.ContainingType);

    public static int Number(AttributeData? attribute, string name, int fallback = 0) => Named(attribute, name)?.Value is int value ? value : fallback;

    public static TypedConstant? Named(AttributeData? attribute, string name)
    {
        foreach (var argument in attribute?.NamedArguments ?? ImmutableArray<KeyValuePair<string, TypedConstant>>.Empty)
        {
            if (argument.Key == name && argument.Value.Kind != TypedConstantKind.Error)
            {
                return argument.Value;
            }
        }

        return null;
    }

    public static string? FirstText(AttributeData attribute) =>
        attribute.ConstructorArguments.Length > 0 && attribute.ConstructorArguments[0] is { Kind: TypedConstantKind.Primitive, Value: string text } ? text : null;

    public static Location LocationOf(AttributeData attribute, ISymbol symbol, CancellationToken cancellationToken) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken).GetLocation() ?? LocationOf(symbol);

    public static Location LocationOf(ISymbol symbol) => symbol.Locations.Length > 0 ? symbol.Locations[0] : Location.None;

    /// <summary>The retry policy of a step; a value out of range is a finding.</summary>
    public static RetryModel? RetryOf(IMethodSymbol method, WorkflowSymbols symbols, ImmutableArray<Finding>.Builder findings, CancellationToken cancellationToken)
    {
        return WorkflowSymbols.Attribute(method, symbols.RetryAttribute) is { } attribute ? RetryOf(method, attribute, findings, cancellationToken) : null;
    }

    public static RetryModel? RetryOf(IMethodSymbol method, AttributeData attribute, ImmutableArray<Finding>.Builder findings, CancellationToken cancellationToken)
    {
        var on = ImmutableArray.CreateBuilder<string>();
        if (Named(attribute, "On") is { Kind: TypedConstantKind.Array, IsNull: false } codes)
        {
            foreach (var code in codes.Values)
            {
                if (code.Value is string text)
                {
                    on.Add(text);
                }
            }
        }

        var rate = Named(attribute, "BackoffRate")?.Value is double value ? value : 2;
        var model = new RetryModel(
            Number(attribute, "MaxAttempts", 3), Number(attribute, "IntervalSeconds", 1), rate, Number(attribute, "MaxIntervalSeconds"), new EquatableArray<string>(on.ToImmutable()), Named(attribute, "Jitter")?.Value is true);
        var problem = model switch
        {
            { MaxAttempts: < 1 } => "has a [Retry] with MaxAttempts below 1: it counts all calls, the first one included",
            { MaxAttempts: > 1000 } => "has a [Retry] with MaxAttempts above 1000: no engine should try that often",
            { IntervalSeconds: < 1 or > 31_536_000 } => "has a [Retry] whose IntervalSeconds is not between 1 and a year",
            { BackoffRate: not (>= 1 and <= 100) } => "has a [Retry] whose BackoffRate is not between 1 and 100",
            { MaxIntervalSeconds: < 0 or > 31_536_000 } => "has a [Retry] whose MaxIntervalSeconds is not between 0 and a year",
            _ when model.MaxIntervalSeconds > 0 && model.MaxIntervalSeconds < model.IntervalSeconds => "has a [Retry] whose MaxIntervalSeconds is below IntervalSeconds",
            _ => null,
        };
        foreach (var code in on)
        {
            problem ??= IsCode(code) ? null : $"has a [Retry] with the error code '{code}': a code is letters, digits and underscores, so that every engine can carry it";
        }

        if (problem is not null)
        {
            findings.Add(Findings.Of(RuleIdentifiers.AttributeValue, LocationOf(attribute, method, cancellationToken), method.Name, problem));
            return null;
        }

        return model;
    }

    /// <summary>A timeout; one out of range is a finding.</summary>
    public static int TimeoutOf(AttributeData attribute, ISymbol symbol, ImmutableArray<Finding>.Builder findings, CancellationToken cancellationToken)
    {
        var seconds = Number(attribute, "TimeoutSeconds");
        if (seconds is >= 0 and <= 31_536_000)
        {
            return seconds;
        }

        findings.Add(Findings.Of(
            RuleIdentifiers.AttributeValue, LocationOf(attribute, symbol, cancellationToken), symbol.Name, "has a TimeoutSeconds that is not between 0 and a year"));
        return 0;
    }

    /// <summary>A name that every cloud accepts as it is.</summary>
    public static bool IsCloudName(string? name, int longest)
    {
        if (name is null || name.Length == 0 || name.Length > longest || name[0] is not (>= 'a' and <= 'z') || name[name.Length - 1] == '-')
        {
            return false;
        }

        foreach (var c in name)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a text is an error code that every engine can carry.</summary>
    public static bool IsCode(string code)
    {
        foreach (var c in code)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_'))
            {
                return false;
            }
        }

        return code.Length > 0 && !char.IsDigit(code[0]);
    }

    /// <summary>Payload and cancellation of a step or inference: one value at most, then an optional token.</summary>
    public static bool TryParameters(IMethodSymbol method, WorkflowSymbols symbols, out IParameterSymbol? payload, out IParameterSymbol? cancellation)
    {
        payload = null;
        cancellation = null;
        foreach (var parameter in method.Parameters)
        {
            if (parameter.RefKind != RefKind.None || parameter.IsParams || cancellation is not null)
            {
                return false;
            }

            if (WorkflowSymbols.Same(parameter.Type, symbols.CancellationToken))
            {
                cancellation = parameter;
            }
            else if (payload is not null || parameter.Type.IsRefLikeType || parameter.Type.TypeKind is TypeKind.Delegate or TypeKind.Pointer or TypeKind.Dynamic)
            {
                return false;
            }
            else
            {
                payload = parameter;
            }
        }

        return true;
    }

    public static bool IsBroken(ITypeSymbol? type) => type is null || type.TypeKind == TypeKind.Error || (type is INamedTypeSymbol named && named.TypeArguments.Any(IsBroken))
        || (type is IArrayTypeSymbol array && IsBroken(array.ElementType));

    /// <summary>Whether the symbol and all that contains it have names; in half-typed code some have not.</summary>
    public static bool IsNamed(ISymbol symbol)
    {
        for (var outer = symbol; outer is not null and not INamespaceSymbol { IsGlobalNamespace: true } and not IModuleSymbol; outer = outer.ContainingSymbol)
        {
            if (!SyntaxFacts.IsValidIdentifier(outer.Name))
            {
                return false;
            }
        }

        return symbol is not IMethodSymbol method || method.Parameters.All(static parameter => parameter.Name.Length > 0);
    }

    public static string KeywordOf(INamedTypeSymbol type) => type switch
    {
        { IsRecord: true, IsValueType: true } => "record struct",
        { IsRecord: true } => "record",
        { TypeKind: TypeKind.Struct } => "struct",
        { TypeKind: TypeKind.Interface } => "interface",
        _ => "class",
    };

    public static string Escape(string identifier) =>
        SyntaxFacts.GetKeywordKind(identifier) != SyntaxKind.None ? "@" + identifier : identifier;
}
