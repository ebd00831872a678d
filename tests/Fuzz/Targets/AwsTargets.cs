using System.Text.Json;
using Portable.Aws;
using Portable.Aws.RuntimeApi;

namespace Portable.Fuzz.Targets;

/// <summary>Lambda's events, through the invoker that both hostings share.</summary>
internal static class AwsTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("aws.http-v2", ["aws/http-v2*.json"], () => Probe("Place"), ["aws/aws-lambda-dotnet/http-api-v2-*.json"]),
        new("aws.http-rest", ["aws/http-rest*.json"], () => Probe("Place"), ["aws/aws-lambda-dotnet/proxy-event.json"]),
        new("aws.http-alb", ["aws/http-alb*.json"], () => Probe("Place"), ["aws/aws-lambda-dotnet/alb-*.json"]),
        new("aws.kinesis", ["aws/kinesis*.json"], () => Probe("Stream"), ["aws/aws-lambda-dotnet/kinesis-event.json"]),
        new("aws.dynamodb", ["aws/dynamodb*.json"], () => Probe("Table"), ["aws/aws-lambda-dotnet/dynamodb-event.json"]),
        new("aws.s3", ["aws/s3*.json"], () => Probe("Storage"), ["aws/aws-lambda-dotnet/s3-event.json", "aws/aws-lambda-dotnet/cloudwatchevents-s3*.json"]),
        new("aws.eventbridge", ["aws/eventbridge*.json"], () => Probe("Event"), ["aws/aws-lambda-dotnet/ecs-*.json"]),
        new("aws.iot", ["aws/iot*.json"], () => Probe("Device")),
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
        var output = new PostBuffer();
        return input =>
        {
            log.Clear();
            output.Reset();
            try
            {
                invoker.InvokeAsync(input.Body, "5ad9c1f1", null, "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1", output).AsTask().GetAwaiter().GetResult();
            }
            catch (Exception e) when (e is MalformedEventException or LambdaStepFailure)
            {
                return log.Outcome(400, e.Message);
            }

            catch (EventFailedException e)
            {
                return log.Outcome(500, e.Message); // Lambda tries again; the log says whether the message was poison
            }

            // Whatever it is, it is JSON; an HTTP answer has its status.
            using var answer = JsonDocument.Parse(output.Body);
            return answer.RootElement.ValueKind == JsonValueKind.Object && answer.RootElement.TryGetProperty("statusCode", out var status)
                ? log.Outcome(status.GetInt32(), answer.RootElement.TryGetProperty("body", out var body) ? body.ToString() : "")
                : log.Outcome(200, "");
        };
    }
}
