namespace Portable.Build.Deployables;

/// <summary>Cloud Run: a container image. The managed deployable needs nothing more: Google's buildpacks find the assembly.</summary>
internal static class GcpDeployable
{
    /// <summary>
    /// Writes the recipe of an image with nothing but the executable and the system libraries that NativeAOT needs, without a shell,
    /// run by a user without rights. A file of that name that the project itself publishes wins.
    /// </summary>
    public static void WriteDockerfile(PublishedFolder published)
    {
        _ = published.Executable;
        var path = published.PathOf("Dockerfile");
        if (!File.Exists(path))
        {
            File.WriteAllText(path, $"""
                FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled
                WORKDIR /app
                COPY . .
                ENTRYPOINT ["/app/{published.AssemblyName}"]

                """.ReplaceLineEndings("\n"));
        }
    }
}
