using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT015_NotOnEveryCloudTests
{
    private const string Ordered = "[Function, [|QueueTrigger(\"orders\", Ordered = true)|]] public static void Run(Order order) { }";

    [Fact]
    public Task An_ordered_queue_in_a_project_for_every_cloud() => Check.Reports("PORT015", FunctionSource.With(Ordered), "Azure storage queues keep no order");

    [Fact]
    public Task An_ordered_queue_in_a_project_for_Azure()
    {
        var marked = Marked.Parse(FunctionSource.With(Ordered));
        return Check.Reports("PORT015", For("azure, gcp", marked.Text), marked);
    }

    [Theory]
    [InlineData("aws,gcp")]
    [InlineData("aws")]
    public Task An_ordered_queue_where_Azure_is_not_meant(string clouds) => Check.Silent(For(clouds, Marked.Parse(FunctionSource.With(Ordered)).Text));

    [Fact]
    public Task A_queue_without_order() => Check.Silent(FunctionSource.With("[Function, QueueTrigger(\"orders\")] public static void Run(Order order) { }"));

    private static Project For(string clouds, string source)
    {
        var project = new Project(source);
        return project with { Properties = project.Properties.Add("PortableTargetedClouds", clouds) };
    }
}
