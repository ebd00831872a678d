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
    private const string StorageConnection = "AzureWebJobsStorage";

    // Relaxed: nobody embeds these files in a page, and people read them.
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteManagedHost(PublishedFolder published, Manifest manifest) =>
        WriteHost(published, manifest, static (_, _) => { });

    public static void WriteCustomHandler(PublishedFolder published, Manifest manifest)
    {
        _ = published.Executable;
        WriteHost(published, manifest, static (json, published) =>
        {
            json.WriteStartObject("customHandler");
            json.WriteStartObject("description");
            json.WriteString("defaultExecutablePath", published.AssemblyName);
            json.WriteEndObject();
            json.WriteBoolean("enableForwardingHttpRequest", false);
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
                json.WriteStartArray("bindings");
                WriteBindings(json, function.Trigger);
                json.WriteEndArray();
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
    /// Routes stand as they were written, without the host's <c>/api</c>. The host knows one delivery limit for all queues, so the most
    /// patient function sets it.
    /// </summary>
    private static void WriteExtensions(Utf8JsonWriter json, Manifest manifest)
    {
        json.WriteStartObject("extensions");
        json.WriteStartObject("http");
        json.WriteString("routePrefix", "");
        json.WriteEndObject();

        var queues = manifest.Functions.Where(static function => function.Trigger is QueueTrigger).ToList();
        if (queues.Count > 0)
        {
            json.WriteStartObject("queues");
            json.WriteNumber("batchSize", Math.Clamp(queues.Max(static function => ((QueueTrigger)function.Trigger).BatchSize), 1, 32));
            var attempts = queues.Max(static function => function.MaxAttempts);
            if (attempts > 0)
            {
                json.WriteNumber("maxDequeueCount", attempts);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteBindings(Utf8JsonWriter json, ManifestTrigger trigger)
    {
        switch (trigger)
        {
            case HttpTrigger http:
                StartBinding(json, "req", "httpTrigger", "in");
                json.WriteString("authLevel", "anonymous");
                if (http.Method != "*")
                {
                    json.WriteStartArray("methods");
                    json.WriteStringValue(http.Method.ToLowerInvariant());
                    json.WriteEndArray();
                }

                json.WriteString("route", http.Route.TrimStart('/'));
                json.WriteEndObject();
                StartBinding(json, "res", "http", "out");
                json.WriteEndObject();
                break;
            case QueueTrigger queue:
                StartBinding(json, "message", "queueTrigger", "in");
                json.WriteString("queueName", queue.Queue);
                json.WriteString("connection", StorageConnection);
                json.WriteEndObject();
                break;
            case ScheduleTrigger schedule:
                StartBinding(json, "timer", "timerTrigger", "in");
                json.WriteString("schedule", "0 " + schedule.Cron); // six fields, seconds first
                json.WriteEndObject();
                break;
        }
    }

    private static void StartBinding(Utf8JsonWriter json, string name, string type, string direction)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("type", type);
        json.WriteString("direction", direction);
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
