using Portable.Generator.Model;

namespace Portable.Generator.Emit.Manifest;

/// <summary>Writes what the manifest says of who answers for a function.</summary>
internal static class OwnerManifest
{
    public static void Write(ManifestWriter json, OwnerModel? owner)
    {
        if (owner is null)
        {
            return;
        }

        json.Open("owner", '{').Text("name", owner.Name);
        if (owner.Alert is { } alert)
        {
            json.Text("alert", alert);
        }

        json.Close('}');
    }
}
