using System.Text;
using System.Text.Json;
using Portable.AspNet.Tests.Operations;
using Portable.Runtime;
using Portable.TestKit;

namespace Portable.Aws.Tests;

/// <summary>What guards a function holds in both hostings of Lambda: authorization, validation, idempotency, secrets, dead letters.</summary>
public sealed class GuardTests
{
    private readonly GuardedApp _guarded = new();

    [Theory]
    [InlineData("managed")]
    [InlineData("native")]
    [Supports("Authorization", "aws managed")]
    [Supports("Authorization", "aws native")]
    [Supports("Payloads validated", "aws managed")]
    [Supports("Payloads validated", "aws native")]
    [Supports("Idempotency", "aws managed")]
    [Supports("Idempotency", "aws native")]
    [Supports("Secrets", "aws managed")]
    [Supports("Secrets", "aws native")]
    [Supports("Trace context and correlation id", "aws managed")]
    [Supports("Trace context and correlation id", "aws native")]
    public async Task A_request_is_guarded(string hosting) => await RunAsync(hosting, "Pay", invoke => _guarded.GuardsRequestsAsync(async (path, body, headers) =>
    {
        var sent = JsonSerializer.Serialize(headers.ToDictionary(static header => header.Key, static header => header.Value));
        var answer = JsonElement.Parse(await invoke(Samples.Http("POST", path, body: Encoding.UTF8.GetString(body), headers: sent)));
        return (answer.GetProperty("statusCode").GetInt32(), [], Encoding.UTF8.GetBytes(answer.GetProperty("body").GetString()!));
    }));

    [Theory]
    [InlineData("managed")]
    [InlineData("native")]
    [Supports("Dead letters with the reason", "aws managed")]
    [Supports("Dead letters with the reason", "aws native")]
    public async Task A_message_is_guarded(string hosting) => await RunAsync(hosting, "Take", invoke => _guarded.GuardsMessagesAsync(async (id, body) =>
        Assert.Equal("""{"batchItemFailures":[]}""", await invoke(Samples.Sqs(false, (id, body))))));

    private async Task RunAsync(string hosting, string function, Func<Func<string, Task<string>>, Task> scenario)
    {
        await using var app = _guarded.Build("aws");
        if (hosting == "managed")
        {
            var lambda = new LambdaFunction(app, function);
            await scenario(async json =>
            {
                using var input = new MemoryStream(Encoding.UTF8.GetBytes(json));
                using var reader = new StreamReader(await lambda.InvokeAsync(input, "id", TimeSpan.FromSeconds(10)));
                return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
            });
            return;
        }

        await using var runtime = new InProcessRuntime(function, app: app);
        await scenario(async json =>
        {
            var answer = await runtime.Api.InvokeAsync(json);
            Assert.False(answer.IsError, answer.Body);
            return answer.Body;
        });
    }
}
