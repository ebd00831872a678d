using Portable.Analyzers.Tests.Functions;
using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Limits;

public sealed class PORT402_MemoryLimitTests
{
    [Theory]
    [InlineData("aws", 10_241, "'Run' asks for 10241 MB, and aws gives a function at most 10,240 MB (AWS Lambda quotas: memory allocation): ask for less, or take aws out of PortableClouds")]
    [InlineData("aws", 127, "and aws gives a function at least 128 MB (AWS Lambda quotas: memory allocation): ask for more")]
    [InlineData("gcp", 32_769, "and gcp gives an instance at most 32 GiB (Cloud Run: memory limits of services)")]
    [InlineData("gcp", 64, "at least 128 MiB")]
    [InlineData("azure", 4_097, "and azure gives an instance at most 4,096 MB")]
    [InlineData("aws,gcp,azure", 16_384, "and azure gives an instance at most 4,096 MB (Azure Functions: instance sizes of the Flex Consumption plan): ask for less, or take aws and azure out")]
    public Task What_a_cloud_does_not_give(string clouds, int megabytes, string message) => Check.Reports("PORT402", Source(clouds, $"[|MemoryMegabytes = {megabytes}|]"), message);

    [Theory]
    [InlineData("aws", 128)]
    [InlineData("aws", 10_240)]
    [InlineData("gcp", 32_768)]
    [InlineData("azure", 64)]
    [InlineData("aws,gcp,azure", 4_096)]
    [InlineData("aws,gcp,azure", 0)]
    public Task What_every_cloud_gives(string clouds, int megabytes) => Check.Silent(Source(clouds, $"MemoryMegabytes = {megabytes}"));

    [Fact]
    public Task A_negative_one_is_no_memory() => Check.Reports("PORT013", Source("aws", "MemoryMegabytes = -1").Replace("[Function(MemoryMegabytes = -1)", "[[|Function(MemoryMegabytes = -1)|]"), "has a MemoryMegabytes that is negative");

    [Theory]
    [InlineData(64, 128)]
    [InlineData(8192, 4096)]
    public Task The_fix_asks_for_what_every_cloud_gives(int before, int after) =>
        Fix.Changes("PORT402", Source("aws,gcp,azure", $"MemoryMegabytes = {before}"), Source("aws,gcp,azure", $"MemoryMegabytes = {after}"), all: true);

    private static string Source(string clouds, string setting) =>
        $"// property: PortableTargetedClouds={clouds}\n{FunctionSource.With($"[Function({setting}), QueueTrigger(\"orders\")] public static void Run(Order order) {{ }}")}";
}
