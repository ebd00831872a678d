using Portable.Generator.Helpers;

namespace Portable.Generator.Model;

/// <summary>A property of an options class that is a secret.</summary>
/// <param name="Owner">The options class.</param>
/// <param name="Property">The property.</param>
/// <param name="Name">The name of the secret.</param>
internal sealed record SecretPropertyModel(string Owner, string Property, string Name);

internal static class SecretNames
{
    /// <summary>The names, in the order in which they are written.</summary>
    public static EquatableArray<string> Of(IEnumerable<string?> names) => names.OfType<string>().Distinct(StringComparer.Ordinal).OrderBy(static name => name, StringComparer.Ordinal).ToEquatableArray();
}
