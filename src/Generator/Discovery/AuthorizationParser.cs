using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Reading;

namespace Portable.Generator.Discovery;

/// <summary>Reads who may call an HTTP function: what the method says, else its class, else a class around it.</summary>
internal static class AuthorizationParser
{
    private const string JwtType = "Portable.Jwt.JwtAuthorization";

    /// <summary>The policy; <see langword="null"/> when nothing is said. A policy with something wrong in it lets nobody in.</summary>
    /// <param name="method">The function.</param>
    /// <param name="compilation">The compilation.</param>
    public static AuthorizationModel? Parse(IMethodSymbol method, Compilation compilation)
    {
        for (ISymbol? symbol = method; symbol is IMethodSymbol or INamedTypeSymbol; symbol = symbol.ContainingType)
        {
            // Several are an error of their own; until it is mended, the one that lets fewer in holds.
            var policies = symbol.GetAttributes().Select(attribute => Read(attribute, compilation)).OfType<AuthorizationModel>().ToList();
            if (policies.Count > 0)
            {
                return policies.Find(static policy => policy.Kind != AuthorizationKind.Anonymous) ?? policies[0];
            }
        }

        return null;
    }

    /// <summary>What is wrong with the policies of a function; for the analyzer.</summary>
    public static void Check(IMethodSymbol method, bool isHttp, Compilation compilation, ImmutableArray<Finding>.Builder findings, CancellationToken cancellationToken)
    {
        var own = method.GetAttributes().Where(attribute => IsPolicy(attribute)).ToList();
        if (!isHttp)
        {
            foreach (var attribute in own)
            {
                Report(findings, RuleIdentifiers.AuthorizationPolicy, attribute, method, "is not started by HTTP: nobody asks its policy; remove the attribute", cancellationToken);
            }

            return;
        }

        if (own.Count > 1 || (own.Count == 0 && method.ContainingType.GetAttributes().Count(attribute => IsPolicy(attribute)) > 1))
        {
            findings.Add(Findings.Of(RuleIdentifiers.AuthorizationPolicy, Readings.LocationOf(method), method.Name, "has several policies: keep one of [Authorize], [ApiKey], [PlatformAuthorizer] and [AllowAnonymous]"));
            return;
        }

        switch (Parse(method, compilation))
        {
            case null:
                findings.Add(Findings.Of(RuleIdentifiers.NoAuthorization, Readings.LocationOf(method), method.Name, "says nothing of who may call it, so that everybody may: add [Authorize], [ApiKey] or [PlatformAuthorizer], or [AllowAnonymous] if everybody is meant"));
                break;
            case { Kind: AuthorizationKind.Jwt, HasPackage: false }:
                findings.Add(Findings.Of(RuleIdentifiers.AuthorizationPackage, Readings.LocationOf(method), method.Name, "has [Authorize] in a project without Portable.Jwt, which validates the tokens: add the package; until then every request is refused"));
                break;
            case { Kind: AuthorizationKind.ApiKey, Name: var secret } when !SecretReading.IsName(secret ?? ""):
                findings.Add(Findings.Of(RuleIdentifiers.AuthorizationPolicy, Readings.LocationOf(method), method.Name, $"takes its key from the secret '{secret}', a name that not every cloud accepts: use lower-case letters, digits and single hyphens, a letter first"));
                break;
            case { Kind: AuthorizationKind.ApiKey, Header: var header } when !IsToken(header ?? ""):
                findings.Add(Findings.Of(RuleIdentifiers.AuthorizationPolicy, Readings.LocationOf(method), method.Name, $"takes its key from the header '{header}', which is no name of a header"));
                break;
            case { Kind: AuthorizationKind.Platform, Name: var name } when !Readings.IsCloudName((name ?? "").ToLowerInvariant(), 63):
                findings.Add(Findings.Of(RuleIdentifiers.AuthorizationPolicy, Readings.LocationOf(method), method.Name, $"names the platform's authoriser '{name}': use letters, digits and hyphens, a letter first"));
                break;
        }
    }

    private static AuthorizationModel? Read(AttributeData attribute, Compilation compilation) => !IsPolicy(attribute) ? null : attribute.AttributeClass!.Name switch
    {
        "AllowAnonymousAttribute" => new AuthorizationModel(AuthorizationKind.Anonymous),
        "AuthorizeAttribute" => new AuthorizationModel(
            AuthorizationKind.Jwt,
            Scope: Readings.Named(attribute, "Scope")?.Value as string,
            Role: Readings.Named(attribute, "Role")?.Value as string,
            HasPackage: compilation.GetTypeByMetadataName(JwtType) is not null),
        "ApiKeyAttribute" => new AuthorizationModel(AuthorizationKind.ApiKey, Readings.FirstText(attribute) ?? "", Readings.Named(attribute, "Header")?.Value as string ?? "x-api-key"),
        _ => new AuthorizationModel(AuthorizationKind.Platform, Readings.FirstText(attribute) ?? ""),
    };

    private static bool IsPolicy(AttributeData attribute) =>
        attribute.AttributeClass is { Name: "AllowAnonymousAttribute" or "AuthorizeAttribute" or "ApiKeyAttribute" or "PlatformAuthorizerAttribute" } type && PortableTypes.IsPortable(type, type.Name);

    private static bool IsToken(string header) => header.Length > 0 && header.All(static letter => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_');

    private static void Report(ImmutableArray<Finding>.Builder findings, string rule, AttributeData attribute, ISymbol symbol, string problem, CancellationToken cancellationToken) =>
        findings.Add(Findings.Of(rule, Readings.LocationOf(attribute, symbol, cancellationToken), symbol.Name, problem));
}
