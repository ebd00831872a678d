using System.Security.Claims;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Portable.Jwt;

/// <summary>
/// Checks tokens by the issuer's published keys, which are fetched once, kept for a while and fetched anew when a token names one that is not among them. Configuration:
/// <c>Portable:Jwt:Issuer</c>, <c>Portable:Jwt:Audience</c> (several parted by commas) and, where the issuer's metadata is not at its usual place, <c>Portable:Jwt:MetadataAddress</c>.
/// </summary>
internal sealed partial class TokenValidator : IDisposable
{
    private const int LongestToken = 16 * 1024;

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = LongestToken };
    private readonly HttpClient _http;
    private readonly ConfigurationManager<OpenIdConnectConfiguration> _metadata;
    private readonly TokenValidationParameters _parameters;
    private readonly ILogger<TokenValidator> _logger;

    public TokenValidator(IConfiguration configuration, TimeProvider time, ILogger<TokenValidator> logger)
        : this(configuration, time, logger, new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(10) })
    {
    }

    internal TokenValidator(IConfiguration configuration, TimeProvider time, ILogger<TokenValidator> logger, HttpMessageHandler http)
    {
        _logger = logger;
        var issuer = configuration.Require("Portable:Jwt:Issuer");
        var audiences = configuration.Require("Portable:Jwt:Audience").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var address = configuration["Portable:Jwt:MetadataAddress"] is { Length: > 0 } stated ? stated : issuer.TrimEnd('/') + "/.well-known/openid-configuration";
        if (!Uri.TryCreate(address, UriKind.Absolute, out var metadata) || (metadata.Scheme != "https" && !metadata.IsLoopback))
        {
            throw new InvalidOperationException($"The issuer's metadata is to be fetched from '{address}', which is no https address: set Portable:Jwt:Issuer, or Portable:Jwt:MetadataAddress, to one.");
        }

        _http = new HttpClient(http) { Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = 1024 * 1024 };
        _metadata = new ConfigurationManager<OpenIdConnectConfiguration>(address, new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever(_http) { RequireHttps = !metadata.IsLoopback });
        _parameters = new TokenValidationParameters
        {
            ConfigurationManager = _metadata,
            ValidIssuer = issuer,
            ValidAudiences = audiences,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ValidateIssuerSigningKey = true,
            TryAllIssuerSigningKeys = false,

            // Signatures by a private key alone: a symmetric one would have to be here too, and "none" is no signature.
            ValidAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"],
            LifetimeValidator = (notBefore, expires, _, _) =>
            {
                var now = time.GetUtcNow().UtcDateTime;
                return (notBefore is null || notBefore <= now + Skew) && expires is { } end && end > now - Skew;
            },
        };
    }

    /// <summary>Checks a token. What is wrong with it is said in words of ours, never in those of the token.</summary>
    public async ValueTask<CheckedToken> ValidateAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length is 0 or > LongestToken || !_handler.CanReadToken(token))
        {
            return CheckedToken.Refused("The token is no JSON Web Token.");
        }

        try
        {
            // By itself the handler takes a failure to fetch the keys for a bad token.
            await _metadata.GetConfigurationAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            MetadataFailed(_logger, _metadata.MetadataAddress, e);
            return CheckedToken.Outage;
        }

        var result = await _handler.ValidateTokenAsync(token, _parameters).ConfigureAwait(false);
        return result.IsValid ? new CheckedToken(result.ClaimsIdentity, "", false) : CheckedToken.Refused(Reason(result.Exception));
    }

    public void Dispose() => _http.Dispose();

    private static string Reason(Exception e) => e switch
    {
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNotYetValidException or SecurityTokenNoExpirationException => "The token is not valid at this time.",
        SecurityTokenInvalidAudienceException => "The token is for another audience.",
        SecurityTokenInvalidIssuerException => "The token is of another issuer.",
        SecurityTokenInvalidAlgorithmException => "The token is signed in a way that is not accepted.",
        SecurityTokenSignatureKeyNotFoundException or SecurityTokenInvalidSignatureException or SecurityTokenInvalidSigningKeyException => "The signature of the token is not one of the issuer's.",
        _ => "The token is not valid.",
    };

    [LoggerMessage(60, LogLevel.Error, "The keys of the issuer could not be fetched from {Address}.")]
    private static partial void MetadataFailed(ILogger logger, string address, Exception exception);
}

/// <summary>What became of a token.</summary>
/// <param name="Identity">Whose it is; <see langword="null"/> when it is refused.</param>
/// <param name="Reason">Why it is refused.</param>
/// <param name="IsOutage">Whether it could not be checked at all.</param>
internal readonly record struct CheckedToken(ClaimsIdentity? Identity, string Reason, bool IsOutage)
{
    public static CheckedToken Outage => new(null, "", true);

    public static CheckedToken Refused(string reason) => new(null, reason, false);
}
