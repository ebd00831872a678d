using Portable.Build.Deployables;
using Portable.Build.Extraction;
using Portable.Build.Measuring;

namespace Portable.Build;

/// <summary>
/// What the build targets run:
/// <c>extract ASSEMBLY FOLDER LIST</c> writes the artifacts of a compiled assembly into a folder;
/// <c>measure LIST ASSETS REPORT</c> weighs what the package will be made of;
/// <c>deployable FOLDER CLOUD HOSTING ASSEMBLY-NAME</c> finishes a published folder for a cloud.
/// Errors are printed in the form that MSBuild shows as errors of its own.
/// </summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        try
        {
            switch (args)
            {
                case ["extract", var assembly, var folder, var list]:
                    ArtifactFolder.Write(folder, list, ArtifactReader.Read(assembly));
                    return 0;
                case ["measure", var list, var assets, var report]:
                    SizeReport.Write(list, assets, report);
                    return 0;
                case ["deployable", var folder, var cloud, var hosting, var assemblyName]:
                    Deployable.Finish(new PublishedFolder(folder, cloud, hosting, assemblyName));
                    return 0;
                default:
                    throw new BuildException(BuildErrors.Usage, "Use: extract ASSEMBLY FOLDER LIST, or: measure LIST ASSETS REPORT, or: deployable FOLDER CLOUD HOSTING ASSEMBLY-NAME.");
            }
        }
        catch (BuildException e)
        {
            Console.Error.WriteLine($"Portable : error {e.Code}: {e.Message}");
            return 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            Console.Error.WriteLine($"Portable : error {BuildErrors.FileAccess}: {e.Message}");
            return 1;
        }
    }
}
