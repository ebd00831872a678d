using System.IO.Compression;
using System.Text.Json;
using Portable.Build;
using Portable.Build.Deployables;
using Portable.Integration.Tests.Support;

namespace Portable.Integration.Tests.Tool;

public sealed class DeployableTests : IDisposable
{
    private const string Functions = """
        {
          "functions": [
            { "name": "Fulfil", "trigger": { "type": "queue", "queue": "orders", "batchSize": 20 }, "timeoutSeconds": 90, "retry": { "maxAttempts": 7 } },
            { "name": "Find", "trigger": { "type": "http", "method": "GET", "route": "/orders/{id}" } },
            { "name": "Proxy", "trigger": { "type": "http", "method": "*", "route": "/rest/{*path}" } },
            { "name": "Sweep", "trigger": { "type": "schedule", "cron": "0 3 * * *" } },
            { "name": "order-steps", "trigger": { "type": "steps", "workflow": "order" } }
          ]
        }
        """;

    private readonly TempFolder _temp = new();

    private string Folder => _temp.PathOf("out");

    [Fact]
    public void Aws_native_is_an_executable_bootstrap_and_a_zip()
    {
        Publish("native");
        Deployable.Finish(new PublishedFolder(Folder, "aws", "native", "App"));

        Assert.Equal(["bootstrap", "definitions/aws/order.asl.json", "portable.json"], FolderContent.Names(Folder));
        using var zip = ZipFile.OpenRead(_temp.PathOf("out.zip"));
        Assert.Equal(["bootstrap", "definitions/aws/order.asl.json", "portable.json"], zip.Entries.Select(entry => entry.FullName));
        Assert.Equal(0x81ED, zip.GetEntry("bootstrap")!.ExternalAttributes >>> 16); // a regular file, rwxr-xr-x
        Assert.Equal(0x81A4, zip.GetEntry("portable.json")!.ExternalAttributes >>> 16);
    }

    [Fact]
    public void The_same_files_give_the_same_zip()
    {
        Publish("native");
        Deployable.Finish(new PublishedFolder(Folder, "aws", "native", "App"));
        var first = File.ReadAllBytes(_temp.PathOf("out.zip"));

        Publish("native");
        Deployable.Finish(new PublishedFolder(Folder, "aws", "native", "App"));

        Assert.Equal(first, File.ReadAllBytes(_temp.PathOf("out.zip")));
    }

    [Fact]
    public void A_native_deployable_without_its_executable_is_refused()
    {
        _temp.Write("out/portable.json", Functions);

        var error = Assert.Throws<BuildException>(() => Deployable.Finish(new PublishedFolder(Folder, "aws", "native", "App")));

        Assert.Equal(BuildErrors.EntryPoint, error.Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{ "functions": [ { "name": "A", "trigger": { "type": "smoke-signal" } } ] }""")]
    public void A_missing_or_foreign_manifest_is_refused(string? manifest)
    {
        Directory.CreateDirectory(Folder);
        if (manifest is not null)
        {
            _temp.Write("out/portable.json", manifest);
        }

        var error = Assert.Throws<BuildException>(() => Deployable.Finish(new PublishedFolder(Folder, "gcp", "managed", "App")));

        Assert.Equal(BuildErrors.Manifest, error.Code);
    }

    [Fact]
    public void Azure_native_describes_each_function()
    {
        Publish("native");
        Deployable.Finish(new PublishedFolder(Folder, "azure", "native", "App"));

        // The steps of a workflow are Durable's, which needs managed hosting.
        Assert.Equal(
            ["App", "Find/function.json", "Fulfil/function.json", "Proxy/function.json", "Sweep/function.json", "definitions/aws/order.asl.json", "host.json", "portable.json"],
            FolderContent.Names(Folder));
        Assert.Equal("""{"bindings":[{"name":"req","type":"httpTrigger","direction":"in","authLevel":"anonymous","methods":["get"],"route":"orders/{id}"},{"name":"res","type":"http","direction":"out"}]}""", Compact("Find/function.json"));
        Assert.Equal("""{"bindings":[{"name":"req","type":"httpTrigger","direction":"in","authLevel":"anonymous","route":"rest/{*path}"},{"name":"res","type":"http","direction":"out"}]}""", Compact("Proxy/function.json"));
        Assert.Equal("""{"bindings":[{"name":"message","type":"queueTrigger","direction":"in","queueName":"orders","connection":"AzureWebJobsStorage"}]}""", Compact("Fulfil/function.json"));
        Assert.Equal("""{"bindings":[{"name":"timer","type":"timerTrigger","direction":"in","schedule":"0 0 3 * * *"}]}""", Compact("Sweep/function.json"));
        Assert.Equal(
            """{"version":"2.0","functionTimeout":"00:01:30","customHandler":{"description":{"defaultExecutablePath":"App"},"enableForwardingHttpRequest":true},"extensionBundle":{"id":"Microsoft.Azure.Functions.ExtensionBundle","version":"[4.*, 5.0.0)"},"extensions":{"http":{"routePrefix":""},"queues":{"batchSize":20,"maxDequeueCount":7,"visibilityTimeout":"00:00:01","messageEncoding":"base64"}}}""",
            Compact("host.json"));
    }

    [Fact]
    public void Azure_managed_brings_its_extensions_along()
    {
        Publish("managed");
        Deployable.Finish(new PublishedFolder(Folder, "azure", "managed", "App"));

        Assert.Equal(
            """{"version":"2.0","functionTimeout":"00:01:30","extensions":{"http":{"routePrefix":""},"queues":{"batchSize":20,"maxDequeueCount":7,"visibilityTimeout":"00:00:01","messageEncoding":"base64"}}}""",
            Compact("host.json"));
    }

    [Fact]
    public void Azure_native_binds_every_trigger()
    {
        _temp.Write("out/App", "");
        _temp.Write("out/portable.json", """
            {
              "functions": [
                { "name": "clicks", "trigger": { "type": "stream", "stream": "web-clicks", "batchSize": 50, "fromStart": true }, "retry": { "maxAttempts": 5, "intervalSeconds": 2, "backoffRate": 2 } },
                { "name": "meters", "trigger": { "type": "device", "topic": "devices/+/telemetry" }, "retry": { "maxAttempts": 3, "intervalSeconds": 9, "backoffRate": 1 } },
                { "name": "rows", "trigger": { "type": "table", "table": "Orders", "batchSize": 25 }, "retry": { "maxAttempts": 1 } },
                { "name": "thumbs", "trigger": { "type": "storage", "bucket": "uploads", "on": "created" }, "retry": { "maxAttempts": 5 } },
                { "name": "placed", "trigger": { "type": "event", "event": "com.acme.placed", "eventVersion": 1 } }
              ]
            }
            """);
        Deployable.Finish(new PublishedFolder(Folder, "azure", "native", "App"));

        Assert.Equal(
            """{"bindings":[{"name":"messages","type":"eventHubTrigger","direction":"in","eventHubName":"web-clicks","connection":"EventHubs","consumerGroup":"clicks","cardinality":"many","dataType":"string"}],"retry":{"strategy":"exponentialBackoff","maxRetryCount":4,"minimumInterval":"00:00:02","maximumInterval":"00:15:00"}}""",
            Compact("clicks/function.json"));
        Assert.Equal(
            """{"bindings":[{"name":"messages","type":"eventHubTrigger","direction":"in","eventHubName":"devices-telemetry","connection":"IoTHub","consumerGroup":"meters","cardinality":"many","dataType":"string"}],"retry":{"strategy":"fixedDelay","maxRetryCount":2,"delayInterval":"00:00:09"}}""",
            Compact("meters/function.json"));
        Assert.Equal(
            """{"bindings":[{"name":"message","type":"cosmosDBTrigger","direction":"in","databaseName":"%PORTABLE_COSMOS_DATABASE%","containerName":"Orders","connection":"CosmosDB","leaseContainerName":"leases","createLeaseContainerIfNotExists":true,"leaseContainerPrefix":"rows-","maxItemsPerInvocation":25,"startFromBeginning":false,"dataType":"string"}]}""",
            Compact("rows/function.json"));
        const string grid = """{"bindings":[{"name":"message","type":"eventGridTrigger","direction":"in","dataType":"string"}]}""";
        Assert.Equal((grid, grid), (Compact("thumbs/function.json"), Compact("placed/function.json")));
        Assert.Contains(
            """{"http":{"routePrefix":""},"eventHubs":{"maxEventBatchSize":100,"batchCheckpointFrequency":1,"initialOffsetOptions":{"type":"fromStart"}}}}""",
            Compact("host.json"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/{name}", false)]
    [InlineData("*", "/{*rest}", false)]
    [InlineData("POST", "/placed", false)]
    [InlineData("POST", "/PLACED/{*rest}", false)]
    [InlineData("GET", "/{name}", true)]
    [InlineData("POST", "/orders/{id}", true)]
    [InlineData("POST", "/orders", true)]
    public void Azure_native_forwards_requests_unless_an_invocation_could_be_taken_for_one(string method, string route, bool forwards)
    {
        _temp.Write("out/App", "");
        _temp.Write("out/portable.json", $$"""
            { "functions": [
                { "name": "placed", "trigger": { "type": "event", "event": "com.acme.placed", "eventVersion": 1 } },
                { "name": "any", "trigger": { "type": "http", "method": "{{method}}", "route": "{{route}}" } } ] }
            """);
        Deployable.Finish(new PublishedFolder(Folder, "azure", "native", "App"));

        Assert.Contains($"\"enableForwardingHttpRequest\":{(forwards ? "true" : "false")}", Compact("host.json"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("azure", "native", "host.json")]
    [InlineData("azure", "managed", "host.json")]
    [InlineData("gcp", "native", "Dockerfile")]
    public void A_file_of_the_projects_own_wins(string cloud, string hosting, string file)
    {
        Publish(hosting);
        _temp.Write($"out/{file}", "mine");

        Deployable.Finish(new PublishedFolder(Folder, cloud, hosting, "App"));

        Assert.Equal("mine", File.ReadAllText(Path.Combine(Folder, file)));
    }

    [Fact]
    public void Gcp_native_has_a_recipe_for_its_image()
    {
        Publish("native");
        Deployable.Finish(new PublishedFolder(Folder, "gcp", "native", "App"));

        Assert.Contains("""ENTRYPOINT ["/app/App"]""", File.ReadAllText(Path.Combine(Folder, "Dockerfile")), StringComparison.Ordinal);
    }

    public void Dispose() => _temp.Dispose();

    private void Publish(string hosting)
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        _temp.Write("out/portable.json", Functions);
        _temp.Write("out/definitions/aws/order.asl.json", "{}");
        if (hosting == "native")
        {
            _temp.Write("out/App", "an executable");
        }
    }

    private string Compact(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, file)));
        return JsonSerializer.Serialize(document.RootElement);
    }
}
