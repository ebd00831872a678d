using Microsoft.CodeAnalysis;
using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Reading;

namespace Portable.Generator.Discovery.Validation;

/// <summary>
/// Reads the validation attributes of a payload type and of everything in it: properties, parameters of record constructors, base types, nested objects, elements
/// of lists and values of dictionaries, types of other assemblies. What has none anywhere costs nothing at run time.
/// </summary>
internal sealed class ValidationReader(Compilation compilation, Action<ISymbol, string>? onUnusable, CancellationToken cancellationToken)
{
    /// <summary>The most types that one payload is followed into; no payload comes near.</summary>
    private const int MostTypes = 500;

    private readonly Dictionary<ITypeSymbol, ValidatedTypeModel> _found = new(SymbolEqualityComparer.Default);
    private readonly List<ITypeSymbol> _order = [];

    /// <summary>The payload's own validated type and those that it leads to, itself first; empty when nothing is to be checked.</summary>
    /// <param name="payload">The type of the payload.</param>
    /// <param name="compilation">The compilation.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="onUnusable">Told of attributes that emitted code cannot make.</param>
    public static EquatableArray<ValidatedTypeModel> Read(ITypeSymbol? payload, Compilation compilation, CancellationToken cancellationToken, Action<ISymbol, string>? onUnusable = null)
    {
        if (payload is null)
        {
            return EquatableArray<ValidatedTypeModel>.Empty;
        }

        var reader = new ValidationReader(compilation, onUnusable, cancellationToken);
        var root = Plain(payload);
        reader.Visit(root);
        var needed = reader.Needed();
        return needed.Contains(root) ? reader._order.Where(needed.Contains).Select(type => Pruned(reader._found[type], needed)).ToEquatableArray() : EquatableArray<ValidatedTypeModel>.Empty;
    }

    private void Visit(ITypeSymbol type)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_found.ContainsKey(type) || _order.Count >= MostTypes || !CanHoldMembers(type))
        {
            return;
        }

        // The place is taken before what is inside is looked at: types may hold themselves.
        _order.Add(type);
        _found[type] = new ValidatedTypeModel(Readings.TypeOf(type), "", ValidatedShape.Object, default, default, false);
        if (Collections.ElementOf(type, out var isDictionary) is { } element)
        {
            var plain = Plain(element);
            _found[type] = new ValidatedTypeModel(
                Readings.TypeOf(type), ValidatorNames.Of(type), isDictionary ? ValidatedShape.Dictionary : ValidatedShape.List, default, default, false, Readings.TypeOf(plain).FullName);
            Visit(plain);
            return;
        }

        if (IsOfFramework(type))
        {
            return;
        }

        var members = Members.Of(type).Select(member => Member(member, type)).Where(static member => member is not null).Select(static member => member!).ToEquatableArray();
        var derived = Members.DerivedFrom(type);
        _found[type] = new ValidatedTypeModel(
            Readings.TypeOf(type),
            ValidatorNames.Of(type),
            ValidatedShape.Object,
            members,
            TypeAttributes(type).ToEquatableArray(),
            type.AllInterfaces.Any(static contract => contract is { Name: "IValidatableObject" } && IsDataAnnotation(contract)),
            Derived: derived.Select(static child => Readings.TypeOf(child).FullName).ToEquatableArray());
        foreach (var child in derived)
        {
            Visit(child);
        }
    }

    private ValidatedMemberModel? Member(Members.Member member, ITypeSymbol owner)
    {
        var attributes = new List<string>();
        string? display = null, json = null, compared = null, compareMessage = null;
        foreach (var attribute in member.Attributes)
        {
            if (attribute.AttributeClass is not { } type)
            {
                continue;
            }

            if (type.Name == "JsonPropertyNameAttribute")
            {
                json = attribute.ConstructorArguments.FirstOrDefault().Value as string;
            }
            else if (type.Name == "DisplayAttribute" && IsDataAnnotation(type))
            {
                display = Readings.Named(attribute, "ResourceType") is null ? Readings.Named(attribute, "Name")?.Value as string : null;
            }
            else if (type.Name == "CompareAttribute" && IsDataAnnotation(type))
            {
                // Made here, not by the attribute, which looks the other property up by reflection.
                compared = Members.Of(owner).FirstOrDefault(other => other.Property.Name == attribute.ConstructorArguments.FirstOrDefault().Value as string).Property?.Name;
                compareMessage = Readings.Named(attribute, "ErrorMessage")?.Value as string;
            }
            else if (IsValidation(type))
            {
                if (ConstantText.Construction(attribute, compilation) is { } construction)
                {
                    attributes.Insert(type.Name == "RequiredAttribute" ? 0 : attributes.Count, construction);
                }
                else
                {
                    onUnusable?.Invoke(member.Property, type.Name);
                }
            }
        }

        var value = Plain(member.Property.Type);
        var inside = CanHoldMembers(value);
        if (inside)
        {
            Visit(value);
        }

        return attributes.Count == 0 && compared is null && !inside
            ? null
            : new ValidatedMemberModel(member.Property.Name, json, display, attributes.ToEquatableArray(), compared, compareMessage, inside ? Readings.TypeOf(value).FullName : null);
    }

    private IEnumerable<string> TypeAttributes(ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null && current.SpecialType != SpecialType.System_Object; current = current.BaseType)
        {
            foreach (var attribute in current.GetAttributes())
            {
                if (attribute.AttributeClass is { } kind && IsValidation(kind))
                {
                    if (ConstantText.Construction(attribute, compilation) is { } construction)
                    {
                        yield return construction;
                    }
                    else
                    {
                        onUnusable?.Invoke(type, kind.Name);
                    }
                }
            }
        }
    }

    /// <summary>The types with something to check, themselves or in what they lead to.</summary>
    private HashSet<ITypeSymbol> Needed()
    {
        var needed = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var grows = true; grows;)
        {
            grows = false;
            foreach (var type in _order)
            {
                var model = _found[type];
                var isNeeded = model.IsValidatable || model.Attributes.Count > 0 || (model.Element is { } element && names.Contains(element)) || model.Derived.Any(names.Contains)
                    || model.Members.Any(member => member.Attributes.Count > 0 || member.Compared is not null || (member.Type is { } inner && names.Contains(inner)));
                if (isNeeded && needed.Add(type))
                {
                    names.Add(model.Type.FullName);
                    grows = true;
                }
            }
        }

        return needed;
    }

    private static ValidatedTypeModel Pruned(ValidatedTypeModel model, HashSet<ITypeSymbol> needed)
    {
        var names = new HashSet<string>(needed.Select(static type => Readings.TypeOf(type).FullName), StringComparer.Ordinal);
        return model with
        {
            Members = model.Members
                .Select(member => member.Type is { } type && !names.Contains(type) ? member with { Type = null } : member)
                .Where(static member => member.Attributes.Count > 0 || member.Compared is not null || member.Type is not null)
                .ToEquatableArray(),
            Derived = model.Derived.Where(names.Contains).ToEquatableArray(),
        };
    }

    private bool CanHoldMembers(ITypeSymbol type) =>
        type is { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface or TypeKind.Array, SpecialType: SpecialType.None or SpecialType.System_Collections_Generic_IEnumerable_T or SpecialType.System_Collections_Generic_IList_T or SpecialType.System_Collections_Generic_ICollection_T or SpecialType.System_Collections_Generic_IReadOnlyList_T or SpecialType.System_Collections_Generic_IReadOnlyCollection_T }
        && !Readings.IsBroken(type) && (Collections.ElementOf(type, out _) is not null || (!IsOfFramework(type) && type.TypeKind is not TypeKind.Array))
        && compilation.IsSymbolAccessibleWithin(type, compilation.Assembly);

    private static ITypeSymbol Plain(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0]
        : type.IsReferenceType ? type.WithNullableAnnotation(NullableAnnotation.None) : type;

    private static bool IsOfFramework(ITypeSymbol type)
    {
        var space = type.ContainingNamespace;
        while (space is { ContainingNamespace: { IsGlobalNamespace: false } outer })
        {
            space = outer;
        }

        return space is { Name: "System" or "Microsoft" };
    }

    private static bool IsValidation(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (current.Name == "ValidationAttribute" && IsDataAnnotation(current))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDataAnnotation(ITypeSymbol type) => type.ContainingNamespace is
    {
        Name: "DataAnnotations", ContainingNamespace: { Name: "ComponentModel", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }
    };
}
