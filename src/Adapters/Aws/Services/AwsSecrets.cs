using System.Text;
using System.Text.Json;
using Portable.Aws.Services;
using Portable.Runtime;

namespace Portable.Aws;

/// <summary>
/// Secrets Manager. The secret has the name that the code says, or the one that <c>PORTABLE_SECRET_{NAME}_ID</c> says, a name or an ARN. The
/// function's role needs <c>secretsmanager:GetSecretValue</c>.
/// </summary>
public sealed class AwsSecrets : ISecretSource
{
    private readonly AwsApi _api;
    private readonly Func<string, string?> _environment;

    /// <summary>The secrets of the account and region that the function runs in.</summary>
    public AwsSecrets()
        : this(new AwsApi(new HttpClient(), TimeProvider.System), Environment.GetEnvironmentVariable)
    {
    }

    internal AwsSecrets(AwsApi api, Func<string, string?> environment)
    {
        _api = api;
        _environment = environment;
    }

    /// <inheritdoc/>
    public string Place(string name) => $"AWS Secrets Manager as '{IdOf(name)}'";

    /// <inheritdoc/>
    public async ValueTask<string?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var id = IdOf(name);
            using var answer = await _api.CallAsync(AwsService.SecretsManager, "GetSecretValue", AwsJson.Object(json => json.WriteString("SecretId", id)), cancellationToken).ConfigureAwait(false);
            return answer.RootElement.TryGetProperty("SecretString", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()
                : answer.RootElement.TryGetProperty("SecretBinary", out var binary) ? Encoding.UTF8.GetString(binary.GetBytesFromBase64())
                : null;
        }
        catch (AwsApiException e) when (e.Code == "ResourceNotFoundException")
        {
            return null;
        }
        catch (AwsApiException e)
        {
            throw new InvalidOperationException($"{Place(name)}: {e.Message}", e);
        }
    }

    private string IdOf(string name) => _environment($"PORTABLE_SECRET_{name.Replace('-', '_').ToUpperInvariant()}_ID") is { Length: > 0 } id ? id : name;
}
