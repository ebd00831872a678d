namespace Portable.Build.Extraction;

/// <summary>A text file that the compiled assembly carries.</summary>
/// <param name="Path">Relative, with forward slashes.</param>
/// <param name="Content">The whole text.</param>
internal sealed record Artifact(string Path, string Content);
