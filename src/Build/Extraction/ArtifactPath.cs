namespace Portable.Build.Extraction;

/// <summary>
/// What a path may look like. The text comes from a compiled assembly, and a file outside the folder must never be written or
/// deleted whatever that assembly says, on any operating system.
/// </summary>
internal static class ArtifactPath
{
    private const string Forbidden = "\\:*?\"<>|";

    public static bool IsSafe(string path) =>
        path.Length is > 0 and <= 200 && path.Split('/').All(static segment =>
            segment.Length > 0
            && segment[^1] is not ('.' or ' ')
            && !segment.Any(static c => char.IsControl(c) || Forbidden.Contains(c)));

    public static void Check(string path)
    {
        if (!IsSafe(path))
        {
            throw new BuildException(BuildErrors.ArtifactPath, $"The artifact path '{path}' is not a relative path below the output folder, with forward slashes.");
        }
    }
}
