namespace Portable.Build.Deployables;

/// <summary>
/// Makes of a published folder what a cloud's own tool takes: the entry point under the name that the cloud expects, and the files
/// that tell the cloud's host what the functions are.
/// </summary>
internal static class Deployable
{
    public static void Finish(PublishedFolder published)
    {
        var manifest = Manifest.Read(published.PathOf(Manifest.FileName));
        switch (published.Cloud, published.Hosting)
        {
            case ("aws", "native"):
                AwsDeployable.NameBootstrap(published);
                AwsDeployable.Zip(published);
                break;
            case ("aws", "managed"):
                AwsDeployable.Zip(published);
                break;
            case ("gcp", "native"):
                GcpDeployable.WriteDockerfile(published);
                break;
            case ("azure", "native"):
                AzureDeployable.WriteCustomHandler(published, manifest);
                break;
            case ("azure", "managed"):
                AzureDeployable.WriteManagedHost(published, manifest);
                break;
        }
    }
}
