using System.Text.Json;
using Portable.Runtime.Json;

namespace Portable.Aws.Events.Http;

/// <summary>
/// What API Gateway says of a caller whom an authoriser of its own has let in: <c>requestContext.authorizer</c>, in it <c>jwt.claims</c>, <c>lambda</c> or <c>iam</c> (HTTP API),
/// <c>claims</c> (REST API with Cognito) or what a Lambda authoriser returned; for IAM on a REST API <c>requestContext.identity</c>. Source: the sample events of
/// aws-lambda-dotnet. API Gateway writes the context itself; callers cannot.
/// </summary>
internal static class AuthorizerClaims
{
    private static readonly string[] Nested = ["claims", "lambda", "iam"];

    /// <summary>The claims; <see langword="null"/> when there was no authoriser.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>>? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = WireJson.Parse(json);
            return Member(document.RootElement, "requestContext") is { ValueKind: JsonValueKind.Object } context ? OfContext(context) : null;
        }
        catch (JsonException)
        {
            return null; // the envelope says what is wrong with the event
        }
    }

    private static List<KeyValuePair<string, string>>? OfContext(JsonElement context)
    {
        var claims = new List<KeyValuePair<string, string>>();
        if (Member(context, "authorizer") is { ValueKind: JsonValueKind.Object } authorizer)
        {
            if (Member(authorizer, "jwt") is { ValueKind: JsonValueKind.Object } jwt)
            {
                authorizer = jwt;
            }

            var inner = Array.Find(Nested, name => Member(authorizer, name).ValueKind == JsonValueKind.Object);
            Add(claims, inner is null ? authorizer : Member(authorizer, inner));
        }
        else if (Member(context, "identity") is { ValueKind: JsonValueKind.Object } identity && Member(identity, "userArn").ValueKind == JsonValueKind.String)
        {
            Add(claims, identity);
        }

        if (!claims.Exists(static claim => claim.Key == "sub"))
        {
            var name = claims.Find(static claim => claim.Key is "principalId" or "userArn").Value;
            if (name is not null)
            {
                claims.Add(new("sub", name));
            }
        }

        return claims.Count == 0 ? null : claims;
    }

    private static void Add(List<KeyValuePair<string, string>> claims, JsonElement members)
    {
        foreach (var member in members.EnumerateObject())
        {
            if (member.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
            {
                claims.Add(new(member.Name, member.Value.ToString()));
            }
        }
    }

    private static JsonElement Member(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;
}
