using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Portable.Gcp.Services;

/// <summary>
/// The key of a service account, the file that <c>GOOGLE_APPLICATION_CREDENTIALS</c> names. Outside of Google Cloud it stands in for the metadata server;
/// within, nobody needs one.
/// </summary>
internal sealed class ServiceAccountKey : IDisposable
{
    /// <summary>The variable with which Google's own libraries find the file.</summary>
    public const string Variable = "GOOGLE_APPLICATION_CREDENTIALS";

    private const string Scope = "https://www.googleapis.com/auth/cloud-platform";

    private readonly RSA _key;
    private readonly string? _keyId;

    private ServiceAccountKey(string email, string? keyId, string? project, RSA key)
    {
        Email = email;
        Project = project;
        _keyId = keyId;
        _key = key;
    }

    /// <summary>The account.</summary>
    public string Email { get; }

    /// <summary>The project that the account belongs to.</summary>
    public string? Project { get; }

    /// <summary>Reads the file of the environment; <see langword="null"/> when it names none.</summary>
    /// <exception cref="OutputException">There is no such file, or it holds no key of a service account; the text repeats nothing of it.</exception>
    public static ServiceAccountKey? FromEnvironment()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } path)
        {
            return null;
        }

        try
        {
            return Parse(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"{Variable} names a file that cannot be read.", e);
        }
    }

    /// <summary>Reads a key: <c>{"type": "service_account", "client_email": .., "private_key_id": .., "private_key": PEM, "project_id": ..}</c>.</summary>
    /// <exception cref="OutputException">It is none.</exception>
    public static ServiceAccountKey Parse(ReadOnlyMemory<byte> json)
    {
        var key = RSA.Create();
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            string? Text(string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
            if (Text("type") != "service_account" || Text("client_email") is not { Length: > 0 } email || Text("private_key") is not { } pem)
            {
                throw new OutputException($"{Variable} names credentials that are no key of a service account.");
            }

            key.ImportFromPem(pem);
            return new ServiceAccountKey(email, Text("private_key_id"), Text("project_id"), key);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException or CryptographicException or OutputException)
        {
            key.Dispose();
            throw e as OutputException ?? new OutputException($"{Variable} names a file that holds no valid key of a service account."); // without the cause, which may repeat the key
        }
    }

    /// <summary>Signs with RSA and SHA-256 (PKCS #1 1.5), as V4 signatures and tokens need it.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data) => _key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    /// <summary>A token that the account signs itself; Google's services take it as they take one of the token server (AIP-4111).</summary>
    public string Token(DateTimeOffset now, TimeSpan lifetime)
    {
        var header = Encode(json =>
        {
            json.WriteString("alg", "RS256");
            json.WriteString("typ", "JWT");
            if (_keyId is not null)
            {
                json.WriteString("kid", _keyId);
            }
        });
        var claims = Encode(json =>
        {
            json.WriteString("iss", Email);
            json.WriteString("sub", Email);
            json.WriteString("scope", Scope);
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteNumber("exp", (now + lifetime).ToUnixTimeSeconds());
        });
        var signed = $"{header}.{claims}";
        return $"{signed}.{Base64Url(Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    public void Dispose() => _key.Dispose();

    private static string Encode(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Base64Url(buffer.WrittenSpan);
    }

    private static string Base64Url(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
