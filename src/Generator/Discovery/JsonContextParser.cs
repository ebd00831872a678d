using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Reading;

namespace Portable.Generator.Discovery;

/// <summary>Reads a <c>JsonSerializerContext</c>: the types that it names, how it names their members, and which it leaves out.</summary>
internal static class JsonContextParser
{
    // A value of JsonIgnoreCondition. WhenWritingNull leaves out what may be null, which workflows never take to be there.
    private const int WhenWritingDefault = 2;

    public static JsonContextModel? Parse(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (!IsContext(type))
        {
            return null;
        }

        for (var outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.IsGenericType || outer.IsFileLocal || !Readings.IsReachable(outer.DeclaredAccessibility))
            {
                return null;
            }
        }

        var naming = JsonNaming.Exact;
        var leavesOutDefaults = false;
        var types = ImmutableArray.CreateBuilder<string>();
        foreach (var attribute in type.GetAttributes())
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (attribute.AttributeClass?.Name)
            {
                case "JsonSerializableAttribute" when attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Type, Value: ITypeSymbol named }, ..]:
                    types.Add(Readings.TypeOf(named).FullName);
                    break;
                case "JsonSourceGenerationOptionsAttribute":
                    naming = NamingOf(attribute);
                    leavesOutDefaults = Readings.Named(attribute, "DefaultIgnoreCondition")?.Value is WhenWritingDefault;
                    break;
            }
        }

        return new JsonContextModel(Readings.TypeOf(type).FullName, naming, new EquatableArray<string>(types.ToImmutable()), leavesOutDefaults);
    }

    /// <summary>The values of JsonKnownNamingPolicy are those of <see cref="JsonNaming"/>, unspecified being exact.</summary>
    private static JsonNaming NamingOf(AttributeData attribute)
    {
        var naming = attribute.ConstructorArguments is [{ Value: 1 }, ..] ? JsonNaming.CamelCase : JsonNaming.Exact; // JsonSerializerDefaults.Web
        return Readings.Named(attribute, "PropertyNamingPolicy")?.Value is int policy and > 0 and <= (int)JsonNaming.KebabCaseUpper ? (JsonNaming)policy : naming;
    }

    private static bool IsContext(INamedTypeSymbol type)
    {
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            if (parent.Name == "JsonSerializerContext")
            {
                return true;
            }
        }

        return false;
    }
}
