using System.Security.Cryptography;

namespace Portable.Integration.Tests.Support;

/// <summary>What a folder holds, to compare byte for byte.</summary>
internal static class FolderContent
{
    public static IReadOnlyList<string> Names(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    /// <summary>One line per file: name and hash.</summary>
    public static string Fingerprint(string folder) =>
        string.Join('\n', Names(folder).Select(name => $"{name} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, name))))}"));
}
