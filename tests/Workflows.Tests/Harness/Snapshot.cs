using System.Reflection;

namespace Portable.Workflows.Tests.Harness;

/// <summary>Compares a text with the approved one beside the tests; <c>UPDATE_SNAPSHOTS=1</c> approves what comes.</summary>
internal static class Snapshot
{
    private static readonly string Folder = typeof(Snapshot).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "SnapshotFolder").Value!;

    public static void Match(string actual, string name)
    {
        var extension = name[name.LastIndexOf('.')..];
        var stem = Path.Combine(Folder, name[..^extension.Length]);
        var verified = $"{stem}.verified{extension}";
        var received = $"{stem}.received{extension}";
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(verified, actual);
        }

        var expected = File.Exists(verified) ? File.ReadAllText(verified) : "";
        if (expected == actual)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        Assert.Equal(expected, actual);
    }
}
