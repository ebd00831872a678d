using System.Globalization;
using Microsoft.CodeAnalysis;
using Portable.Generator.Limits;

namespace Portable.Analyzers.Limits;

/// <summary>What types say of how large they become: a length that validation permits, or a name by which bytes are those of a file.</summary>
internal static class PayloadSizes
{
    /// <summary>Up to here a cloud's limit is one that files of every day are larger than.</summary>
    private const long Small = 1024 * 1024;

    private static readonly string[] Files =
        ["Content", "File", "Image", "Photo", "Picture", "Pdf", "Document", "Attachment", "Video", "Audio", "Recording", "Scan", "Archive", "Zip", "Upload", "Download"];

    /// <summary>The clause and the place of what is too large for a targeted cloud; <see langword="null"/> where nothing says so.</summary>
    public static (PayloadMember Member, string Clause)? TooLarge(ITypeSymbol payload, TargetedClouds targeted, LimitKind kind, string trigger)
    {
        foreach (var member in PayloadMembers.Of(payload))
        {
            if (member.Symbol is { } symbol && Says(symbol, member.Type) is { } said && Clouds(said.Bytes, targeted, kind, trigger) is { Length: > 0 } clouds)
            {
                return (member, $"{said.Text}, and {clouds}");
            }
        }

        return null;
    }

    // The bytes that a member may have; null for a file of no known length.
    private static (long? Bytes, string Text)? Says(IPropertySymbol symbol, ITypeSymbol type)
    {
        var isBytes = type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte }
            || type is INamedTypeSymbol { Name: "ReadOnlyMemory" or "Memory", TypeArguments: [{ SpecialType: SpecialType.System_Byte }] };
        var isText = type.SpecialType == SpecialType.System_String && symbol.Type.SpecialType == SpecialType.System_String;
        if (!isBytes && !isText)
        {
            return null;
        }

        if (LengthOf(symbol) is { } length)
        {
            var count = length.ToString("N0", CultureInfo.InvariantCulture);
            return isBytes ? (length / 3 * 4, $"may have {count} bytes, a third more in JSON") : (length, $"may have {count} characters");
        }

        return isText
            ? symbol.Name.EndsWith("Base64", StringComparison.Ordinal) ? (null, "is a file in base64") : null
            : IsFile(symbol.Name) ? (null, "holds the bytes of a file") : null;
    }

    private static bool IsFile(string name)
    {
        foreach (var word in Files)
        {
            if (name.StartsWith(word, StringComparison.Ordinal) || name.EndsWith(word, StringComparison.Ordinal))
            {
                return name.IndexOf("Hash", StringComparison.Ordinal) < 0 && name.IndexOf("Id", StringComparison.Ordinal) < 0;
            }
        }

        return false;
    }

    // [MaxLength(n)], [StringLength(n)], [Length(min, max)]; a record's parameter has them, too.
    private static long? LengthOf(IPropertySymbol symbol) => LengthIn(symbol) ?? (ParameterOf(symbol) is { } parameter ? LengthIn(parameter) : null);

    private static long? LengthIn(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "MaxLengthAttribute" or "StringLengthAttribute" or "LengthAttribute", ContainingNamespace.Name: "DataAnnotations" } && attribute.ConstructorArguments.Length > 0
                && attribute.ConstructorArguments[attribute.ConstructorArguments.Length - 1].Value is int length and > 0)
            {
                return length;
            }
        }

        return null;
    }

    private static IParameterSymbol? ParameterOf(IPropertySymbol symbol)
    {
        if (symbol.ContainingType.IsRecord)
        {
            foreach (var constructor in symbol.ContainingType.InstanceConstructors)
            {
                foreach (var parameter in constructor.Parameters)
                {
                    if (parameter.Name == symbol.Name)
                    {
                        return parameter;
                    }
                }
            }
        }

        return null;
    }

    private static string Clouds(long? bytes, TargetedClouds targeted, LimitKind kind, string trigger)
    {
        var clauses = "";
        foreach (var cloud in TargetedClouds.All)
        {
            if (targeted.Contains(cloud) && CloudLimits.Find(cloud, kind, trigger) is { } limit && (bytes is { } known ? known > limit.Value : limit.Value <= Small))
            {
                clauses += $"{(clauses.Length > 0 ? ", " : "")}{limit.Cloud} {limit.What} ({limit.Source})";
            }
        }

        return clauses;
    }
}
