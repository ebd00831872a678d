using Portable.Generator.Model;

namespace Portable.Generator.Emit.Manifest;

/// <summary>Writes what the manifest says of who may call an HTTP function.</summary>
internal static class AuthorizationManifest
{
    public static void Write(ManifestWriter json, AuthorizationModel? policy)
    {
        if (policy is null)
        {
            return;
        }

        json.Open("authorization", '{');
        _ = policy.Kind switch
        {
            AuthorizationKind.Jwt => Optional(Optional(json.Text("type", "jwt"), "scope", policy.Scope), "role", policy.Role),
            AuthorizationKind.ApiKey => json.Text("type", "apiKey").Text("secret", policy.Name!).Text("header", policy.Header!),
            AuthorizationKind.Platform => json.Text("type", "platform").Text("name", policy.Name!),
            _ => json.Text("type", "anonymous"),
        };
        json.Close('}');
    }

    private static ManifestWriter Optional(ManifestWriter json, string name, string? value) => value is null ? json : json.Text(name, value);
}
