using System.Text;
using Portable.Aws.Tests.App;
using Portable.TestKit;

namespace Portable.Aws.Tests;

/// <summary>The class-library side: streams in and out, over the same code as the native loop.</summary>
public sealed class ManagedTests
{
    [Fact]
    [Supports("HTTP trigger", "aws managed")]
    public async Task A_request_is_answered()
    {
        var answer = await InvokeAsync("Echo", Samples.Http("POST", "/echo/7", body: "1234"));
        Assert.Equal("""{"statusCode":200,"headers":{"content-type":"text/plain; charset=utf-8"},"body":"7:4"}""", answer);
    }

    [Fact]
    [Supports("Queue trigger, single messages", "aws managed")]
    [Supports("Partial batch failure", "aws managed")]
    public async Task A_batch_is_answered_message_by_message() => Assert.Equal(
        """{"batchItemFailures":[{"itemIdentifier":"2"}]}""",
        await InvokeAsync("Fulfil", Samples.Sqs(false, ("1", """{"id":"g","total":5}"""), ("2", "poison"))));

    [Fact]
    [Supports("Queue trigger, batches", "aws managed")]
    public async Task A_batch_handler_is_answered() => Assert.Equal(
        """{"batchItemFailures":[{"itemIdentifier":"2"}]}""",
        await InvokeAsync("Batch", Samples.Sqs(false, ("1", """{"id":"g","total":5}"""), ("2", """{"id":"g","total":-5}"""))));

    [Fact]
    [Supports("Schedule trigger", "aws managed")]
    public async Task A_schedule_answers_null() => Assert.Equal("null", await InvokeAsync("Nightly", Samples.Schedule));

    [Fact]
    public async Task A_schedules_exception_is_the_handlers_own() =>
        Assert.Equal("Outer.", (await Assert.ThrowsAsync<InvalidOperationException>(() => InvokeAsync("Broken", Samples.Schedule))).Message);

    [Fact]
    [Supports("Workflow steps", "aws managed")]
    public async Task A_failed_step_is_thrown_with_its_failure()
    {
        Assert.Equal("""{"id":"1","total":5,"note":"attempt 2"}""", await InvokeAsync("order-fulfilment-steps", Samples.Step("Charge", """{"id":"1","total":5}""", attempt: 2)));
        var thrown = await Assert.ThrowsAsync<LambdaStepFailure>(() => InvokeAsync("order-fulfilment-steps", Samples.Step("Charge", """{"id":"1","total":-1}""")));
        Assert.Equal("CardDeclined", thrown.Failure.Code);
        Assert.Equal(thrown.Failure.ToJson(), thrown.Message);
    }

    [Theory]
    [InlineData("Echo")]
    [InlineData("Fulfil")]
    [InlineData("Nightly")]
    [InlineData("order-fulfilment-steps")]
    public async Task A_malformed_event_is_thrown_as_such(string function) =>
        await Assert.ThrowsAsync<MalformedEventException>(() => InvokeAsync(function, "{"));

    [Fact]
    [Supports("Deadline as cancellation", "aws managed")]
    public async Task The_remaining_time_becomes_the_deadline()
    {
        var clock = new ManualTimeProvider();
        var function = new LambdaFunction(TestApplication.Create(clock), "Waits");
        var answer = function.InvokeAsync(Stream(Samples.Http("GET", "/waits")), "id", TimeSpan.FromSeconds(10));
        clock.Advance(TimeSpan.FromSeconds(9.4));
        Assert.False(answer.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.2));
        using var reader = new StreamReader(await answer);
        Assert.Contains("\"statusCode\":504", await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    [Supports("Services from [Startup]", "aws managed")]
    public async Task Many_at_a_time_do_not_meet()
    {
        var function = new LambdaFunction(TestApplication.Create(), "Served");
        await Parallel.ForAsync(0, 200, TestContext.Current.CancellationToken, async (_, _) =>
        {
            using var reader = new StreamReader(await function.InvokeAsync(Stream(Samples.Http("GET", "/served")), "id", TimeSpan.FromSeconds(10)));
            Assert.Contains("from the startup class", await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void An_unknown_name_lists_the_functions() =>
        Assert.Contains("Echo, Place", Assert.Throws<InvalidOperationException>(() => new LambdaFunction(TestApplication.Create(), "Missing")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_stream_that_hides_its_buffer_is_read_from_where_it_stands()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("xx" + Samples.Http("POST", "/echo/7")), writable: false);
        stream.Position = 2;
        using var reader = new StreamReader(await new LambdaFunction(TestApplication.Create(), "echo").InvokeAsync(stream, "id", TimeSpan.FromSeconds(3)));
        Assert.Contains("7:0", await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task<string> InvokeAsync(string function, string json)
    {
        using var reader = new StreamReader(await new LambdaFunction(TestApplication.Create(), function).InvokeAsync(Stream(json), "id", TimeSpan.FromSeconds(10)));
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private static MemoryStream Stream(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        return new MemoryStream(bytes, 0, bytes.Length, writable: false, publiclyVisible: true);
    }
}
