using Portable.Generator.Helpers;
using Portable.Generator.Model;

namespace Portable.Generator.Emit.Manifest;

/// <summary>Writes what a function sends to; the rights that it is given follow from it.</summary>
internal static class UsesManifest
{
    /// <summary>Writes the names of the secrets that a function may read: its own, and those of options, which any function may use.</summary>
    public static void Secrets(ManifestWriter json, IEnumerable<string> own, ApplicationModel application)
    {
        var all = own.Concat(application.SecretProperties.Select(static property => property.Name)).Distinct(StringComparer.Ordinal).OrderBy(static name => name, StringComparer.Ordinal).ToEquatableArray();
        if (all.Count > 0)
        {
            json.Texts("secrets", all);
        }
    }

    public static void Write(ManifestWriter json, UsesModel uses)
    {
        if (!uses.IsEmpty)
        {
            json.Open("uses", '{').Texts("queues", uses.Queues).Texts("buckets", uses.Buckets).Flag("events", uses.Events).Close('}');
        }
    }
}
