using System.Text.Json;
using Portable.Integration.Tests.Support;

namespace Portable.Integration.Tests.Deployables;

/// <summary>The manifest is what its published schema says.</summary>
public sealed class ManifestTests(OrdersSample orders)
{
    [Theory]
    [InlineData("aws", "managed")]
    [InlineData("gcp", "managed")]
    [InlineData("azure", "managed")]
    [InlineData("aws", "native")]
    public async Task The_manifest_of_the_sample_fits_the_schema(string cloud, string hosting)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(await orders.PublishedAsync(cloud, hosting), "portable.json")));

        Assert.Empty(Schema.Load().Validate(manifest.RootElement));
        Assert.Equal(cloud, manifest.RootElement.GetProperty("cloud").GetString());
        Assert.Equal(hosting, manifest.RootElement.GetProperty("hosting").GetString());
    }

    [Theory]
    [InlineData("""{}""", "$: version is missing")]
    [InlineData("""{"version":2,"application":"A","cloud":"aws","hosting":"native","functions":[],"workflows":[],"endpoints":[]}""", "$.version: is not 1")]
    [InlineData("""{"version":1,"application":"A","cloud":"mars","hosting":"native","functions":[],"workflows":[],"endpoints":[]}""", "$.cloud: is none of")]
    [InlineData("""{"version":1,"application":"A","cloud":"aws","hosting":"native","functions":[],"workflows":[],"endpoints":[],"more":1}""", "$.more: is not known")]
    [InlineData("""{"version":1,"application":"A","cloud":"aws","hosting":"native","functions":[{"name":"F","method":"M","handler":"F","trigger":{"type":"http","route":"/"}}],"workflows":[],"endpoints":[]}""", "$.functions[0].trigger: fits 0 of the choices")]
    [InlineData("""{"version":1,"application":"A","cloud":"aws","hosting":"native","functions":[{"name":"F","method":"M","handler":"F","trigger":{"type":"http","method":"PUT","route":"/"},"idempotency":{"key":"Id","header":"k","expiresAfterHours":24,"onStoreFailure":"fail"}}],"workflows":[],"endpoints":[]}""", "$.functions[0].idempotency: fits 2 of the choices")]
    public void The_schema_refuses_what_is_no_manifest(string json, string error)
    {
        using var document = JsonDocument.Parse(json);

        Assert.Contains(Schema.Load().Validate(document.RootElement), line => line.StartsWith(error, StringComparison.Ordinal));
    }
}
