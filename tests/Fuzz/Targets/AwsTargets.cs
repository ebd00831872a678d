using System.Buffers;
using System.Text.Json;
using Portable.Aws;

namespace Portable.Fuzz.Targets;

/// <summary>Lambda's events, through the invoker that both hostings share.</summary>
internal static class AwsTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("aws.http-v2", ["aws/http-v2*.json"], () => Probe("Place"), ["aws/aws-lambda-dotnet/http-api-v2-*.json"]),
        new("aws.sqs", ["aws/sqs*.json"], () => Probe("Queue"), ["aws/aws-lambda-dotnet/sqs-event.json"]),
        new("aws.schedule", ["aws/schedule*.json"], () => Probe("Schedule"), ["aws/aws-lambda-dotnet/scheduled-event.json"]),
        new("aws.steps", ["aws/step*.json"], () => Probe("Steps")),
    ];

    /// <summary>Feeds events to a function and reads the answer as Lambda does.</summary>
    internal static FuzzProbe Probe(string function)
    {
        var log = new FuzzLog();
        var app = FuzzApplication.Create("aws", log);
        var invoker = new LambdaInvoker(app, app.FindFunction(function)!);
        var output = new ArrayBufferWriter<byte>();
        return input =>
        {
            log.Clear();
            output.ResetWrittenCount();
            try
            {
                invoker.InvokeAsync(input.Body, "5ad9c1f1", null, "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1", output).AsTask().GetAwaiter().GetResult();
            }
            catch (Exception e) when (e is MalformedEventException or LambdaStepFailure)
            {
                return log.Outcome(400, e.Message);
            }

            // Whatever it is, it is JSON; an HTTP answer has its status.
            using var answer = JsonDocument.Parse(output.WrittenMemory);
            return answer.RootElement.ValueKind == JsonValueKind.Object && answer.RootElement.TryGetProperty("statusCode", out var status)
                ? log.Outcome(status.GetInt32(), answer.RootElement.TryGetProperty("body", out var body) ? body.ToString() : "")
                : log.Outcome(200, "");
        };
    }
}
