using System.Runtime.CompilerServices;
using Xunit;

namespace Portable.TestKit;

/// <summary>
/// Compares text with a file beside the test, by Verify's conventions: <c>Name.verified.ext</c> is what a person approved,
/// <c>Name.received.ext</c> is written when the text differs. UPDATE_SNAPSHOTS=1 approves what is there.
/// </summary>
public static class Snapshot
{
    /// <summary>Fails when the text differs from the approved one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">The snapshot's name, such as <c>Class.Method#Orders.Place</c>.</param>
    /// <param name="extension">The extension, without the dot.</param>
    /// <param name="testFile">The test's source file; the snapshots are in the folder <c>Snapshots</c> beside it.</param>
    public static void Match(string text, string name, string extension = "cs", [CallerFilePath] string testFile = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(SourceFile.Find(testFile))!, "Snapshots");
        var verified = Path.Combine(folder, $"{name}.verified.{extension}");
        var received = Path.Combine(folder, $"{name}.received.{extension}");
        var actual = Normalize(text);
        var expected = File.Exists(verified) ? Normalize(File.ReadAllText(verified)) : null;
        if (actual == expected)
        {
            File.Delete(received);
            return;
        }

        Directory.CreateDirectory(folder);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(verified, actual);
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        Assert.Fail(expected is null
            ? $"'{name}' has no approved snapshot. Read {received}, then approve it with UPDATE_SNAPSHOTS=1."
            : $"'{name}' differs from its approved snapshot: compare {received} with {verified}.\n{FirstDifference(expected, actual)}");
    }

    private static string Normalize(string text) => text.ReplaceLineEndings("\n");

    private static string FirstDifference(string expected, string actual)
    {
        var left = expected.Split('\n');
        var right = actual.Split('\n');
        for (var i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            var approved = i < left.Length ? left[i] : "(end)";
            var written = i < right.Length ? right[i] : "(end)";
            if (approved != written)
            {
                return $"Line {i + 1}\n  approved: {approved}\n  received: {written}";
            }
        }

        return "";
    }
}
