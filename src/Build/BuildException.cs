namespace Portable.Build;

/// <summary>An error for the user of the build, with the code under which docs/build.md explains it.</summary>
internal sealed class BuildException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}

/// <summary>The codes of the tool's errors; those of the targets stand in Portable.targets. All are explained in docs/build.md.</summary>
internal static class BuildErrors
{
    public const string ArtifactPath = "PORT951";
    public const string Manifest = "PORT952";
    public const string EntryPoint = "PORT953";
    public const string FileAccess = "PORT954";
    public const string Usage = "PORT955";
}
