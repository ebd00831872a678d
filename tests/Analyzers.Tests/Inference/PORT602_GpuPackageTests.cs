using System.Collections.Immutable;
using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Inference;

public sealed class PORT602_GpuPackageTests
{
    private const string Functions = """
        using Portable;
        namespace Shop;
        [AllowAnonymous]
        public static class Orders
        {
            [Function, HttpTrigger("GET", "/orders/{id}")] public static string [|Get|](string id) => id;
            [Function, HttpTrigger("GET", "/orders")] public static string List() => "";
        }
        """;

    [Theory]
    [InlineData("Microsoft.ML.OnnxRuntime.Gpu", "The project references Microsoft.ML.OnnxRuntime.Gpu: no function has a GPU")]
    [InlineData("libtorch-cuda-12.1, TorchSharp-cuda-linux", "references libtorch-cuda-12.1, TorchSharp-cuda-linux:")]
    public Task Packages_that_the_build_found(string packages, string message)
    {
        var marked = Marked.Parse(Functions);
        return Check.Reports("PORT602", new Project(marked.Text) { Properties = ImmutableDictionary<string, string>.Empty.Add("PortableGpuPackages", packages) }, marked, message);
    }

    [Fact]
    public Task An_assembly_that_the_compiler_sees() => Check.Reports("PORT602", "// library: ManagedCuda\n" + Functions, "references ManagedCuda:");

    [Fact]
    public Task It_is_said_once()
    {
        var marked = Marked.Parse("// library: ManagedCuda\n" + Functions);
        return Check.Reports("PORT602", new Project(marked.Text) { Properties = ImmutableDictionary<string, string>.Empty.Add("PortableGpuPackages", "ManagedCuda-12") }, marked, "references ManagedCuda-12:");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" , ")]
    public Task No_packages(string packages) =>
        Check.Silent(new Project(Marked.Parse(Functions).Text) { Properties = ImmutableDictionary<string, string>.Empty.Add("PortableGpuPackages", packages) });

    [Fact]
    public Task A_project_without_functions() => Check.Silent("// library: ManagedCuda\npublic sealed class Worker;");
}
