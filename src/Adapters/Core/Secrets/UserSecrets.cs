using System.Text.Json;

namespace Portable.Runtime;

/// <summary>
/// The secrets that <c>dotnet user-secrets</c> keeps outside of the project's folder: <c>secrets.json</c> under the identifier that the project file
/// names as <c>UserSecretsId</c>. For development; local builds know the identifier, others do not.
/// </summary>
public sealed class UserSecrets : ISecretSource
{
    /// <summary>The build's switch that carries the identifier.</summary>
    public const string Switch = "Portable.UserSecretsId";

    private readonly string? _file;

    /// <summary>The secrets of this project.</summary>
    public UserSecrets()
        : this(FileOf(AppContext.GetData(Switch) as string))
    {
    }

    internal UserSecrets(string? file) => _file = file;

    /// <summary>The file of a project; <see langword="null"/> when it has no identifier.</summary>
    /// <remarks>The folders are those of the SDK: Microsoft.Extensions.Configuration.UserSecrets, PathHelper.</remarks>
    public static string? FileOf(string? id)
    {
        if (string.IsNullOrEmpty(id) || id.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)
        {
            return null;
        }

        if (Environment.GetEnvironmentVariable("APPDATA") is { Length: > 0 } roaming)
        {
            return Path.Combine(roaming, "Microsoft", "UserSecrets", id, "secrets.json");
        }

        var home = Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } set ? set : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var root = home.Length > 0 ? home : Environment.GetEnvironmentVariable("DOTNET_USER_SECRETS_FALLBACK_DIR");
        return string.IsNullOrEmpty(root) ? null : Path.Combine(root, ".microsoft", "usersecrets", id, "secrets.json");
    }

    /// <inheritdoc/>
    public string Place(string name) => _file is null
        ? $"the user secrets, which this project has none of (dotnet user-secrets init, then dotnet user-secrets set {name} VALUE)"
        : $"the user secrets (dotnet user-secrets set {name} VALUE)";

    /// <inheritdoc/>
    public async ValueTask<string?> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (_file is null || !File.Exists(_file))
        {
            return null;
        }

        try
        {
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(_file, cancellationToken).ConfigureAwait(false), options);
            foreach (var member in document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.EnumerateObject() : default)
            {
                if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && member.Value.ValueKind == JsonValueKind.String)
                {
                    return member.Value.GetString();
                }
            }

            return null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The user secrets could not be read: {(e is JsonException ? "the file is not valid JSON." : e.Message)}", e);
        }
    }
}
