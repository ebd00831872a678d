using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using Portable.Integration.Tests.Support;

namespace Portable.Integration.Tests.Deployables;

/// <summary>The deployables that the vendors' own hosts load: what they hold, and that the entry points in the manifest exist.</summary>
public sealed class ManagedTests(OrdersSample orders)
{
    [Theory]
    [InlineData("aws", "definitions/aws/order-fulfilment.asl.json")]
    [InlineData("gcp", "definitions/gcp/order-fulfilment.workflows.yaml")]
    [InlineData("azure", "host.json")]
    public async Task The_folder_has_the_assembly_the_manifest_and_what_belongs_to_the_cloud(string cloud, string own)
    {
        var folder = await orders.PublishedAsync(cloud, "managed");
        var names = FolderContent.Names(folder);

        Assert.Contains("Orders.dll", names);
        Assert.Contains("Orders.runtimeconfig.json", names);
        Assert.Contains("portable.json", names);
        Assert.Contains(own, names);
        Assert.DoesNotContain(names, name => name.StartsWith("definitions/", StringComparison.Ordinal) && !name.StartsWith($"definitions/{cloud}/", StringComparison.Ordinal));
        Assert.Equal([$"Portable.{char.ToUpperInvariant(cloud[0])}{cloud[1..]}.dll"], names.Where(name => name is "Portable.Aws.dll" or "Portable.Gcp.dll" or "Portable.Azure.dll" or "Portable.Local.dll"));
    }

    [Theory]
    [InlineData("aws")]
    [InlineData("gcp")]
    [InlineData("azure")]
    public async Task The_assembly_is_compiled_ahead(string cloud)
    {
        using var image = new PEReader(File.OpenRead(Path.Combine(await orders.PublishedAsync(cloud, "managed"), "Orders.dll")));

        Assert.NotEqual(0, image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
    }

    [Theory]
    [InlineData("aws")]
    [InlineData("gcp")]
    [InlineData("azure")]
    public async Task Every_handler_of_the_manifest_is_in_the_assembly(string cloud)
    {
        var folder = await orders.PublishedAsync(cloud, "managed");
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "portable.json")));
        using var image = new PEReader(File.OpenRead(Path.Combine(folder, "Orders.dll")));
        var members = Members(image.GetMetadataReader());

        foreach (var function in manifest.RootElement.GetProperty("functions").EnumerateArray())
        {
            var handler = function.GetProperty("handler").GetString()!;
            Assert.Contains(handler.StartsWith("Orders::", StringComparison.Ordinal) ? handler["Orders::".Length..].Replace("::", ".", StringComparison.Ordinal) : handler, members);
        }
    }

    /// <summary>Every type, and every method of it.</summary>
    private static HashSet<string> Members(MetadataReader metadata)
    {
        var members = new HashSet<string>(StringComparer.Ordinal);
        foreach (var handle in metadata.TypeDefinitions)
        {
            var type = metadata.GetTypeDefinition(handle);
            var name = $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
            members.Add(name);
            members.UnionWith(type.GetMethods().Select(method => $"{name}.{metadata.GetString(metadata.GetMethodDefinition(method).Name)}"));
        }

        return members;
    }
}
