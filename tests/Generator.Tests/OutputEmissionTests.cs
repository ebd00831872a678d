using Portable.Generator.Tests.Harness;

namespace Portable.Generator.Tests;

/// <summary>What functions send to: how it is made, who is told of it, and what an application that sends nothing is spared.</summary>
public sealed class OutputEmissionTests
{
    private const string Sending = """
        namespace Orders;

        [EventContract("com.acme.order.placed")]
        public record OrderPlaced(string Id);

        public sealed class Sender([Queue("orders")] IQueue<Order> orders, IOrderStore store)
        {
            [Function("send"), HttpTrigger("POST", "/send")]
            public async Task Send(Order order, [Bucket("uploads")] IBlobStore uploads, [Queue("audit")] IQueue<string> audit, IEventBus events)
            {
                await orders.Send(order);
                await uploads.Delete(order.Id);
                await audit.Send(order.Id + store);
                await events.Publish(new OrderPlaced(order.Id));
            }
        }
        """;

    private const string Dead = """
        namespace Orders;

        public static class Settling
        {
            [Function("settle"), QueueTrigger("orders"), DeadLetter("orders-dead")]
            public static void Settle(Order order) { }
        }
        """;

    private const string Flow = """
        namespace Orders;

        public sealed class Flow([Queue("audit")] IQueue<Order> audit, IEventBus events)
        {
            [Workflow("sending")]
            public async Task Run(IWorkflow flow, Order order) => await flow.Step(Send, order);

            [Step]
            public Task Send(Order order) => Task.WhenAll(audit.Send(order), events.Publish(new Placed(order.Id)));
        }

        [EventContract("placed")]
        public record Placed(string Id);
        """;

    [Fact]
    public void Queues_and_buckets_are_made_by_name_and_with_the_payloads_contract()
    {
        var run = Run.Of(new Project([Sources.Contracts, Sending]));
        var code = run.Text("Orders.Sender_Send.g.cs");
        Assert.Contains("services.GetQueue<global::Orders.Order>(\"orders\", global::Portable.Runtime.Json.PortableJson.From<global::Orders.Order>(global::Orders.OrdersJson.Default))", code, StringComparison.Ordinal);
        Assert.Contains("services.GetBucket(\"uploads\")", code, StringComparison.Ordinal);
        Assert.Contains("services.GetQueue<string>(\"audit\", ", code, StringComparison.Ordinal);
        Assert.Contains("services.GetRequiredService<global::Portable.IEventBus>()", code, StringComparison.Ordinal);
        run.AssertCompiles();
    }

    [Theory]
    [InlineData("local", null)]
    [InlineData("aws-native", "outputs: new global::Portable.Aws.AwsOutputs()")]
    [InlineData("gcp-native", "outputs: new global::Portable.Gcp.GoogleOutputs()")]
    [InlineData("azure-native", "outputs: new global::Portable.Azure.AzureOutputs()")]
    public void The_registry_of_an_application_that_sends_names_the_way(string target, string? outputs)
    {
        var run = Run.Of(new Project([Sources.Contracts, Sending]) { Target = Target.Parse(target) });
        var registry = run.Text("PortableApplication.g.cs");
        Assert.Contains("contracts: [global::Orders.OrdersJson.Default]", registry, StringComparison.Ordinal);
        if (outputs is null)
        {
            Assert.DoesNotContain("outputs:", registry, StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains(outputs, registry, StringComparison.Ordinal);
        }

        run.AssertCompiles();
    }

    [Fact]
    public void Dead_letters_need_the_way_and_no_services()
    {
        var run = Run.Of(new Project([Sources.Contracts, Dead]) { Target = Target.Parse("aws-native") });
        var registry = run.Text("PortableApplication.g.cs");
        Assert.Contains("WithoutServices", registry, StringComparison.Ordinal);
        Assert.Contains("outputs: new global::Portable.Aws.AwsOutputs()", registry, StringComparison.Ordinal);
        run.AssertCompiles();
    }

    [Fact]
    public void An_application_that_sends_nothing_is_spared_it()
    {
        var registry = Run.Of(new Project([Sources.Contracts, Sources.Schedule]) { Target = Target.Parse("aws-native") }).Text("PortableApplication.g.cs");
        Assert.DoesNotContain("outputs", registry, StringComparison.Ordinal);
        Assert.DoesNotContain("contracts", registry, StringComparison.Ordinal);
    }

    [Fact]
    public void The_manifest_says_what_each_function_uses()
    {
        var manifest = System.Text.Json.Nodes.JsonNode.Parse(EmittedCodeTests.Artifacts(Run.Of(new Project([Sources.Contracts, Sending, Flow]) { Target = Target.Parse("aws-native") }))["portable.json"])!;
        var uses = manifest["functions"]!.AsArray().ToDictionary(function => (string)function!["name"]!, function => function!["uses"]!.ToJsonString());
        Assert.Equal("""{"queues":["audit","orders"],"buckets":["uploads"],"events":true}""", uses["send"]);
        Assert.Equal("""{"queues":["audit"],"events":true}""", uses["sending-steps"]);
    }

    [Theory]
    [InlineData("local")]
    [InlineData("aws-managed")]
    [InlineData("azure-managed")]
    public void Steps_send_as_functions_do(string target)
    {
        var run = Run.Of(new Project([Sources.Contracts, Flow]) { Target = Target.Parse(target) });
        Assert.Contains("services.GetQueue<global::Orders.Order>(\"audit\"", run.Text("Orders.Flow_Run.g.cs"), StringComparison.Ordinal);
        run.AssertCompiles();
    }
}
