using System.Security.Claims;
using System.Text.Json;
using Portable.Runtime.Json;

namespace Portable.Runtime;

/// <summary>Reads claims as platforms write them.</summary>
public static class PlatformClaims
{
    /// <summary>An object whose members are the claims; a list is as many claims.</summary>
    /// <exception cref="FormatException">It is no JSON object.</exception>
    public static List<Claim> OfObject(ReadOnlyMemory<byte> json)
    {
        using var document = Parse(json);
        var claims = new List<Claim>();
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Array)
            {
                claims.AddRange(member.Value.EnumerateArray().Select(item => new Claim(member.Name, item.ToString())));
            }
            else if (member.Value.ValueKind is not JsonValueKind.Null)
            {
                claims.Add(new Claim(member.Name, member.Value.ToString()));
            }
        }

        return claims;
    }

    /// <summary>The principal of App Service authentication: <c>{"auth_typ", "claims": [{"typ", "val"}], "name_typ", "role_typ"}</c>; the name's and the roles' claims become <c>name</c> and <c>roles</c>.</summary>
    /// <exception cref="FormatException">It is no such object.</exception>
    public static List<Claim> OfAppService(ReadOnlyMemory<byte> json)
    {
        using var document = Parse(json);
        var root = document.RootElement;
        var (name, role) = (Text(root, "name_typ"), Text(root, "role_typ"));
        if (!root.TryGetProperty("claims", out var all) || all.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("The principal has no claims.");
        }

        var claims = new List<Claim>();
        foreach (var claim in all.EnumerateArray())
        {
            if (claim.ValueKind == JsonValueKind.Object && Text(claim, "typ") is { } type && Text(claim, "val") is { } value)
            {
                claims.Add(new Claim(type == name ? "name" : type == role ? "roles" : type, value));
            }
        }

        return claims;
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            var document = WireJson.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw new FormatException("The claims are no JSON object.");
        }
        catch (JsonException e)
        {
            throw new FormatException("The claims are not valid JSON.", e);
        }
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
