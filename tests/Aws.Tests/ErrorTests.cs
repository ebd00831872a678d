using System.Buffers;
using System.Text.Json;
using Portable.Aws.RuntimeApi;
using Portable.Aws.Tests.App;
using Portable.Runtime;
using Portable.TestKit;

namespace Portable.Aws.Tests;

/// <summary>What Lambda is told when something fails.</summary>
public sealed class ErrorTests
{
    [Fact]
    public async Task An_http_handler_that_throws_is_a_500_problem_without_the_reason()
    {
        await using var runtime = new InProcessRuntime("Throws");
        var answer = await runtime.Api.InvokeAsync(Samples.Http("GET", "/throws"));
        Assert.False(answer.IsError);
        Assert.Contains("\"statusCode\":500", answer.Body, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("store is closed", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_handler_that_throws_is_the_documented_error()
    {
        await using var runtime = new InProcessRuntime("Broken");
        var answer = await runtime.Api.InvokeAsync(Samples.Schedule, id: "id-1");
        Assert.Equal("/2018-06-01/runtime/invocation/id-1/error", answer.Path);
        Assert.Equal("application/vnd.aws.lambda.error+json", answer.Headers["Content-Type"]);
        Assert.Equal("InvalidOperationException", answer.Headers["Lambda-Runtime-Function-Error-Type"]);
        using var document = JsonDocument.Parse(answer.Body);
        var error = document.RootElement;
        Assert.Equal("InvalidOperationException", error.GetProperty("errorType").GetString());
        Assert.Equal("Outer.", error.GetProperty("errorMessage").GetString());
        Assert.Contains("TestApplication", error.GetProperty("stackTrace")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal("ArgumentException", error.GetProperty("cause").GetProperty("errorType").GetString());
        Assert.Equal("Inner.", error.GetProperty("cause").GetProperty("errorMessage").GetString());
    }

    [Theory]
    [InlineData("Served")]
    [InlineData("Broken")]
    public async Task A_startup_class_that_throws_is_reported_and_the_process_lives(string function)
    {
        var app = TestApplication.Create().With(static _ => throw new InvalidOperationException("Set Orders:Table."));
        await using var runtime = new InProcessRuntime(function, app: app);
        for (var i = 0; i < 2; i++)
        {
            var answer = await runtime.Api.InvokeAsync(function == "Served" ? Samples.Http("GET", "/served") : Samples.Schedule);
            Assert.True(answer.IsError);
            Assert.Contains("Set Orders:Table.", answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Several_causes_are_all_told()
    {
        await using var runtime = new InProcessRuntime("Many");
        using var error = JsonDocument.Parse((await runtime.Api.InvokeAsync(Samples.Schedule)).Body);
        Assert.Equal(["ArgumentException", "FormatException"], error.RootElement.GetProperty("causes").EnumerateArray().Select(static cause => cause.GetProperty("errorType").GetString()));
    }

    [Fact]
    [Supports("Workflow steps", "aws native")]
    public async Task A_failed_step_carries_its_code_as_the_type_and_the_whole_failure_as_the_message()
    {
        await using var runtime = new InProcessRuntime("order-fulfilment-steps");
        var answer = await runtime.Api.InvokeAsync(Samples.Step("Charge", """{"id":"1","total":-1}"""));
        Assert.True(answer.IsError);
        Assert.Equal("CardDeclined", answer.Headers["Lambda-Runtime-Function-Error-Type"]);
        using var error = JsonDocument.Parse(answer.Body);
        Assert.Equal("CardDeclined", error.RootElement.GetProperty("errorType").GetString());
        Assert.Equal(
            new StepFailure("CardDeclined", "The card: declined.", """{"total":-1}"""),
            StepFailure.Find(error.RootElement.GetProperty("errorMessage").GetString()));
    }

    [Fact]
    public async Task A_step_that_works_answers_with_its_result_alone()
    {
        await using var runtime = new InProcessRuntime("order-fulfilment-steps");
        Assert.Equal("""{"id":"1","total":5,"note":"attempt 3"}""", (await runtime.Api.InvokeAsync(Samples.Step("Charge", """{"id":"1","total":5}""", attempt: 3))).Body);
        Assert.Equal("null", (await runtime.Api.InvokeAsync(Samples.Step("Nothing", "null"))).Body);
    }

    [Theory]
    [InlineData("""{"step":"\ud800"}""")]
    [InlineData("""{"step":5}""")]
    [InlineData("""["Charge"]""")]
    [InlineData("")]
    public async Task What_is_no_step_request_is_a_malformed_event(string json)
    {
        await using var runtime = new InProcessRuntime("order-fulfilment-steps");
        Assert.Equal("Portable.MalformedEvent", (await runtime.Api.InvokeAsync(json)).Headers["Lambda-Runtime-Function-Error-Type"]);
    }

    [Fact]
    public async Task An_attempt_that_is_no_number_is_the_first()
    {
        await using var runtime = new InProcessRuntime("order-fulfilment-steps");
        Assert.Contains("attempt 1", (await runtime.Api.InvokeAsync("""{"step":"Charge","input":{"id":"1","total":5},"attempt":"x"}""")).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Charge", """{"id":"1","total":0}""", "InvalidOperationException")]
    [InlineData("Charge", """{"id":"1","total":"x"}""", "BadInput")]
    [InlineData("Nowhere", "null", "UnknownStep")]
    public async Task Other_failures_of_steps_have_their_canonical_codes(string step, string input, string code)
    {
        await using var runtime = new InProcessRuntime("order-fulfilment-steps");
        var answer = await runtime.Api.InvokeAsync(Samples.Step(step, input));
        Assert.True(answer.IsError);
        Assert.Equal(code, answer.Headers["Lambda-Runtime-Function-Error-Type"]);
    }

    [Fact]
    public async Task A_code_that_no_header_takes_reaches_the_engine_in_the_body()
    {
        await using var runtime = new InProcessRuntime("order-fulfilment-steps");
        var answer = await runtime.Api.InvokeAsync(Samples.Step("Odd", "null"));
        Assert.Equal("Two_words__here_", answer.Headers["Lambda-Runtime-Function-Error-Type"]);
        using var error = JsonDocument.Parse(answer.Body);
        Assert.Equal("Two words\r\nhere\u00e4", error.RootElement.GetProperty("errorType").GetString());
    }

    [Fact]
    public void The_error_stays_below_256_kilobytes()
    {
        Exception deep = new InvalidOperationException(new string('\u0001', 500_000));
        for (var i = 0; i < 200; i++)
        {
            deep = i % 3 == 0 ? new AggregateException(new string('é', 20_000), deep, new FormatException(new string('\u0001', 50_000))) : new InvalidOperationException(new string('\u0001', 30_000), deep);
        }

        var output = new ArrayBufferWriter<byte>();
        ErrorJson.Write(output, new string('\u0001', 5000), deep.Message, deep);
        Assert.InRange(output.WrittenCount, 1, 256 * 1024);
        using var document = JsonDocument.Parse(output.WrittenMemory);
        Assert.True(document.RootElement.TryGetProperty("errorType", out _));
    }

    [Fact]
    public void A_failure_with_too_much_data_keeps_its_code()
    {
        var output = new ArrayBufferWriter<byte>();
        ErrorJson.Write(output, new StepFailure("CardDeclined", "Declined.", new string('\\', 300_000)));
        Assert.InRange(output.WrittenCount, 1, 256 * 1024);
        using var document = JsonDocument.Parse(output.WrittenMemory);
        Assert.Equal(new StepFailure("CardDeclined", "Declined."), StepFailure.Find(document.RootElement.GetProperty("errorMessage").GetString()));
    }

    [Fact]
    public void A_message_is_not_cut_through_a_character()
    {
        var output = new ArrayBufferWriter<byte>();
        ErrorJson.Write(output, "T", "x" + string.Concat(Enumerable.Repeat("😀", 10_000)), exception: null);
        using var document = JsonDocument.Parse(output.WrittenMemory);
        Assert.EndsWith("😀...", document.RootElement.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
    }
}
