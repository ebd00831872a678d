using System.Text;

namespace Portable.Aws.Tests;

/// <summary>Damaged events: every one is answered, with a response or a reported error, and the loop goes on.</summary>
public sealed class MutationTests
{
    private static readonly string[] Splices = ["null", "{}", "[]", "\"", "\\", "\\ud800", "-1", "1e999", "true", ",", "}", "]", "\0", "é", "{\"a\":", "\u2028"];

    public static TheoryData<string, string> Targets => new()
    {
        { "Parts", Samples.Http("POST", "/parts/a%20b/c", "q=1&q=%C3%A9", "{\"a\":1}", stage: "prod", headers: """{"x-name":"\u00e9","b":"c"}""", pathParameters: """{"first":"a"}""", cookies: """["a=1"]""") },
        { "Place", Samples.Http("POST", "/orders", "express=true", Convert.ToBase64String("{\"id\":\"1\",\"total\":2}"u8), base64: true) },
        { "Fulfil", Samples.Sqs(true, ("1", """{"id":"g","total":5}"""), ("2", """{"id":"b","total":-1}""")) },
        { "Batch", Samples.Sqs(false, ("1", """{"id":"g","total":5}"""), ("2", "x")) },
        { "Nightly", Samples.Schedule },
        { "order-fulfilment-steps", Samples.Step("Charge", """{"id":"1","total":5}""") },
        { "Stream", MessageFixtures.Kinesis(("1", """{"id":"g","total":5}"""), ("2", """{"id":"h","total":6}""")) },
        { "Table", MessageFixtures.DynamoDb(("1", "INSERT", null, MessageFixtures.Row("a", 1)), ("2", "MODIFY", MessageFixtures.Row("a", 1), MessageFixtures.Row("a", 2))) },
        { "Storage", MessageFixtures.S3(("ObjectCreated:Put", "a+b.jpg"), ("ObjectCreated:Copy", "c%20d.jpg")) },
        { "Storage", MessageFixtures.Bus("Object Created", """{"bucket":{"name":"uploads"},"object":{"key":"a.jpg","size":5,"etag":"e","sequencer":"617f"}}""") },
        { "Event", MessageFixtures.Bus("com.acme.order.placed.v2", """{"id":"g","total":5}""", "\"urn:portable:id:evt-1\",\"urn:portable:traceparent:00-a-b-01\"") },
        { "Device", """{"id":"g","total":5,"deviceId":"d1","topic":"devices/d1/telemetry","timestamp":1772334000123}""" },
        { "Parts", """{"resource":"/{proxy+}","path":"/parts/a%20b/c","httpMethod":"PUT","multiValueHeaders":{"x-name":["a","b"]},"multiValueQueryStringParameters":{"q":["1","2"]},"pathParameters":{"proxy":"parts/a"},"requestContext":{"stage":"prod"},"body":"e30=","isBase64Encoded":true}""" },
        { "Parts", """{"requestContext":{"elb":{"targetGroupArn":"a"}},"httpMethod":"GET","path":"/parts/a/b","queryStringParameters":{"q":"%31"},"headers":{"x-name":"a"},"body":"","isBase64Encoded":false}""" },
    };

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Damaged_events_are_answered_and_the_loop_goes_on(string function, string json)
    {
        await using var runtime = new InProcessRuntime(function, app: function is "Stream" or "Table" or "Storage" or "Event" or "Device" ? MessageFixtures.Functions([]) : null);
        var random = new Random(1);
        var original = Encoding.UTF8.GetBytes(json);
        var errors = 0;
        for (var i = 0; i < 1500; i++)
        {
            var answer = await runtime.Api.InvokeAsync(Mutate(original, random));
            if (answer.IsError)
            {
                errors++;
                Assert.True(
                    answer.Headers["Lambda-Runtime-Function-Error-Type"] is "Portable.MalformedEvent" or "EventFailedException" or "UnknownStep" or "BadInput" or "InvalidOperationException" or "CardDeclined" or "NullReferenceException", // the last: a payload of null, met by the handler itself
                    answer.Body);
            }
            else
            {
                Assert.DoesNotContain("\"statusCode\":500", answer.Body, StringComparison.Ordinal);
            }
        }

        Assert.InRange(errors, 1, 1500);
        Assert.Equal(0, runtime.Api.Refused);
        Assert.Equal(0, await runtime.StopAsync());
    }

    [Fact]
    public async Task The_vendors_own_samples_are_read()
    {
        var folder = FindSamples();
        if (folder is null)
        {
            Assert.Skip("needs the sample events of aws-lambda-dotnet in shared/data/aws beside the repository");
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*.json"))
        {
            var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            var name = Path.GetFileNameWithoutExtension(file);
            foreach (var function in (string[])["Parts", "Fulfil", "Nightly", "order-fulfilment-steps"])
            {
                await using var runtime = new InProcessRuntime(function);
                var answer = await runtime.Api.InvokeAsync(bytes);
                var fits = function switch
                {
                    "Parts" => name.StartsWith("http-api-v2", StringComparison.Ordinal) || name.StartsWith("alb-", StringComparison.Ordinal) || name == "proxy-event", // refused with 404, but read
                    "Fulfil" => name == "sqs-event",
                    "Nightly" => true,
                    _ => false,
                };
                Assert.True(fits == !answer.IsError, $"{function} {name}: {answer.Body}");
            }
        }
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Splices[random.Next(Splices.Length)]));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 40), bytes.Count - at)));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }

            if (bytes.Count == 0)
            {
                break;
            }
        }

        return [.. bytes];
    }

    private static string? FindSamples()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var samples = Path.Combine(folder.FullName, "shared/data/aws/aws-lambda-dotnet");
            if (Directory.Exists(samples))
            {
                return samples;
            }
        }

        return null;
    }
}
