using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT907_MissingAzureExtensionTests
{
    private const string Adapter = "namespace Portable.Azure { public sealed class AzureFunction { } }";

    [Theory]
    [InlineData("StreamTrigger(\"clicks\")", "Order order", "Extensions.EventHubs\" Version=\"6.5.1\"")]
    [InlineData("DeviceTrigger(\"devices/+/telemetry\")", "Order order", "Extensions.EventHubs")]
    [InlineData("StorageTrigger(\"uploads\")", "StorageEvent change", "Extensions.EventGrid\" Version=\"3.6.0\"")]
    [InlineData("EventTrigger(\"com.acme.placed\")", "Order order", "Extensions.EventGrid")]
    [InlineData("TableTrigger(\"orders\")", "TableChange<Order> change", "Extensions.CosmosDB\" Version=\"4.16.1\"")]
    public Task A_trigger_without_its_package(string trigger, string parameter, string package)
    {
        var marked = Marked.Parse(FunctionSource.With($"[Function, {trigger}] public static void [|Run|]({parameter}) {{ }}"));
        return Check.Reports("PORT907", Azure(marked.Text, Adapter), marked, package);
    }

    [Fact]
    public Task A_trigger_with_its_package() => Check.Silent(Azure(
        FunctionSource.With("[Function, StreamTrigger(\"clicks\")] public static void Run(Order order) { }"), Adapter, "namespace Microsoft.Azure.Functions.Worker { public sealed class EventHubTriggerAttribute : System.Attribute { } }"));

    [Fact]
    public Task Triggers_whose_packages_come_along() => Check.Silent(Azure(FunctionSource.With("[Function, QueueTrigger(\"orders\")] public static void Run(Order order) { }"), Adapter));

    [Theory]
    [InlineData("PortableCloud", "aws")]
    [InlineData("PortableHosting", "native")]
    public Task Another_build(string property, string value)
    {
        var project = Azure(FunctionSource.With("[Function, StreamTrigger(\"clicks\")] public static void Run(Order order) { }"), Adapter);
        return Check.Silent(project with { Properties = project.Properties.SetItem(property, value) });
    }

    [Fact]
    public Task A_library_that_an_application_refers_to() => Check.Silent(Azure(FunctionSource.With("[Function, StreamTrigger(\"clicks\")] public static void Run(Order order) { }")));

    private static Project Azure(string source, params string[] more)
    {
        var project = new Project([source, .. more]);
        return project with { Properties = project.Properties.Add("PortableCloud", "azure").Add("PortableTargetedClouds", "aws,gcp") };
    }
}
