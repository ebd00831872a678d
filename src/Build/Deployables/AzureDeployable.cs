using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Portable.Build.Deployables;

/// <summary>
/// Azure Functions: <c>host.json</c>, and for a custom handler one folder with <c>function.json</c> per function. A <c>host.json</c>
/// that the project itself publishes wins.
/// </summary>
internal static class AzureDeployable
{
    private const int DefaultAttempts = 5;
    private const int DefaultBatch = 100;

    // Relaxed: nobody embeds these files in a page, and people read them.
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteManagedHost(PublishedFolder published, Manifest manifest) =>
        WriteHost(published, manifest, static (_, _) => { });

    public static void WriteCustomHandler(PublishedFolder published, Manifest manifest)
    {
        _ = published.Executable;
        WriteHost(published, manifest, (json, published) =>
        {
            json.WriteStartObject("customHandler");
            json.WriteStartObject("description");
            json.WriteString("defaultExecutablePath", published.AssemblyName);
            json.WriteEndObject();
            json.WriteBoolean("enableForwardingHttpRequest", !AzureRoutes.ConflictWithInvocations(manifest));
            json.WriteEndObject();

            // The triggers' own code; a managed app brings it along as packages instead.
            json.WriteStartObject("extensionBundle");
            json.WriteString("id", "Microsoft.Azure.Functions.ExtensionBundle");
            json.WriteString("version", "[4.*, 5.0.0)");
            json.WriteEndObject();
        });

        foreach (var function in manifest.Functions.Where(static function => function.Trigger is not StepsTrigger))
        {
            Directory.CreateDirectory(published.PathOf(function.Name));
            Write(published.PathOf(Path.Combine(function.Name, "function.json")), json =>
            {
                AzureFunctionJson.Write(json, function);
            });
        }
    }

    private static void WriteHost(PublishedFolder published, Manifest manifest, Action<Utf8JsonWriter, PublishedFolder> more)
    {
        var path = published.PathOf("host.json");
        if (File.Exists(path))
        {
            return;
        }

        Write(path, json =>
        {
            json.WriteString("version", "2.0");
            var timeout = manifest.Functions.Select(static function => function.TimeoutSeconds).DefaultIfEmpty().Max();
            if (timeout > 0)
            {
                json.WriteString("functionTimeout", TimeSpan.FromSeconds(timeout).ToString("c", CultureInfo.InvariantCulture));
            }

            more(json, published);
            WriteExtensions(json, manifest);
        });
    }

    /// <summary>
    /// Routes stand as they were written, without the host's <c>/api</c>. What a function says of delivery the host knows once for all functions of a
    /// kind, so that the largest batch and the most patient function set it; all of it is stated, because defaults change between versions.
    /// </summary>
    private static void WriteExtensions(Utf8JsonWriter json, Manifest manifest)
    {
        json.WriteStartObject("extensions");
        json.WriteStartObject("http");
        json.WriteString("routePrefix", "");
        json.WriteEndObject();
        WriteQueues(json, [.. manifest.Functions.Where(static function => function.Trigger is QueueTrigger)]);
        WriteEventHubs(json, [.. manifest.Functions.Where(static function => function.Trigger is StreamTrigger or DeviceTrigger)]);
        json.WriteEndObject();
    }

    private static void WriteQueues(Utf8JsonWriter json, IReadOnlyList<ManifestFunction> queues)
    {
        if (queues.Count == 0)
        {
            return;
        }

        json.WriteStartObject("queues");
        json.WriteNumber("batchSize", Math.Clamp(queues.Max(static function => ((QueueTrigger)function.Trigger).BatchSize), 1, 32));
        json.WriteNumber("maxDequeueCount", Math.Max(1, queues.Max(static function => function.Retry?.MaxAttempts ?? DefaultAttempts)));

        // How long a message that failed stays invisible; the host knows one time for every attempt.
        var wait = queues.Max(static function => function.Retry?.IntervalSeconds ?? 1);
        json.WriteString("visibilityTimeout", TimeSpan.FromSeconds(wait).ToString("c", CultureInfo.InvariantCulture));
        json.WriteString("messageEncoding", "base64");
        json.WriteEndObject();
    }

    private static void WriteEventHubs(Utf8JsonWriter json, IReadOnlyList<ManifestFunction> streams)
    {
        if (streams.Count == 0)
        {
            return;
        }

        json.WriteStartObject("eventHubs");
        json.WriteNumber("maxEventBatchSize", streams.Max(static function => (function.Trigger as StreamTrigger)?.BatchSize ?? DefaultBatch));
        json.WriteNumber("batchCheckpointFrequency", 1);
        json.WriteStartObject("initialOffsetOptions");
        json.WriteString("type", streams.Any(static function => function.Trigger is StreamTrigger { FromStart: true }) ? "fromStart" : "fromEnd");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(string path, Action<Utf8JsonWriter> content)
    {
        using var stream = File.Create(path);
        using (var json = new Utf8JsonWriter(stream, Indented))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        stream.Write("\n"u8);
    }
}
