using Portable.Generator.Helpers;
using Portable.Generator.Model;

namespace Portable.Generator.Emit.Manifest;

/// <summary>Writes <c>portable.json</c>: the one source for deployables and tools. Its schema is docs/portable.schema.json.</summary>
internal static class ManifestEmitter
{
    public static EmittedFile Emit(ApplicationModel application, Options options, ICloudEmitter cloud)
    {
        var json = new ManifestWriter()
            .Open(null, '{')
            .Text("$schema", "https://raw.githubusercontent.com/portable-dotnet/portable/main/docs/portable.schema.json")
            .Number("version", 1)
            .Text("application", options.AssemblyName)
            .Text("cloud", options.Cloud.ToString().ToLowerInvariant())
            .Text("hosting", options.Hosting.ToString().ToLowerInvariant())
            .Open("functions", '[');
        foreach (var (_, write) in Functions(application, options, cloud).OrderBy(static function => function.Name, StringComparer.Ordinal))
        {
            json.Open(null, '{');
            write(json);
            json.Close('}');
        }

        json.Close(']').Open("workflows", '[');
        foreach (var workflow in application.Workflows)
        {
            WorkflowManifest.Write(json, workflow, options, cloud);
        }

        json.Close(']').Open("endpoints", '[');
        foreach (var endpoint in application.Workflows.SelectMany(static workflow => workflow.Steps).Select(static step => step.Endpoint).OfType<string>().Distinct(StringComparer.Ordinal).OrderBy(static name => name, StringComparer.Ordinal))
        {
            json.Open(null, '{').Text("name", endpoint).Close('}');
        }

        return new EmittedFile("portable.json", json.Close(']').Close('}').ToString());
    }

    private static IEnumerable<(string Name, Action<ManifestWriter> Write)> Functions(ApplicationModel application, Options options, ICloudEmitter cloud)
    {
        foreach (var function in application.Functions)
        {
            yield return (function.Name, json =>
            {
                json.Text("name", function.Name).Text("method", function.Method)
                    .Text("handler", cloud.Handler(function.Name, function.Namespace, function.Identifier, false, function.Trigger, options));
                TriggerManifest.Write(json, function.Trigger);
                json.Number("timeoutSeconds", function.TimeoutSeconds).Number("memoryMegabytes", function.MemoryMegabytes)
                    .Number("latencyMilliseconds", function.LatencyMilliseconds).Number("warmInstances", function.WarmInstances);
                WorkflowManifest.Retry(json, function.Retry);
                if (function.DeadLetter is { } queue)
                {
                    json.Text("deadLetter", queue);
                }

                IdempotencyManifest.Write(json, function.Idempotency);
                AuthorizationManifest.Write(json, function.Authorization);
                OwnerManifest.Write(json, function.Owner);
                UsesManifest.Write(json, function.Uses);
                UsesManifest.Secrets(json, function.Secrets, application);
                cloud.Delivery(json, function);
            });
        }

        foreach (var workflow in cloud.HasStepsFunction ? application.Workflows : EquatableArray<WorkflowEntry>.Empty)
        {
            yield return (workflow.StepsName, json =>
            {
                json.Text("name", workflow.StepsName).Text("method", workflow.Method)
                    .Text("handler", cloud.Handler(workflow.StepsName, workflow.Namespace, workflow.Identifier, true, null, options))
                    .Open("trigger", '{').Text("type", "steps").Text("workflow", workflow.Name).Close('}');
                UsesManifest.Write(json, workflow.Uses);
                UsesManifest.Secrets(json, workflow.Secrets, application);
            });
        }
    }
}
