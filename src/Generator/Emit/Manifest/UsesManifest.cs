using Portable.Generator.Model;

namespace Portable.Generator.Emit.Manifest;

/// <summary>Writes what a function sends to; the rights that it is given follow from it.</summary>
internal static class UsesManifest
{
    public static void Write(ManifestWriter json, UsesModel uses)
    {
        if (!uses.IsEmpty)
        {
            json.Open("uses", '{').Texts("queues", uses.Queues).Texts("buckets", uses.Buckets).Flag("events", uses.Events).Close('}');
        }
    }
}
