using System.Text;
using Portable.Runtime;
using Portable.TestKit;

namespace Portable.Core.Tests;

public sealed class StepTests
{
    [Theory]
    [InlineData("CardDeclined", "order 7: no carrier", null)]
    [InlineData("A", "line one\nline two \"quoted\" \\ {\"code\": 1}", "{\"amount\":12345678901234567890}")]
    [InlineData("B", "", "null")]
    [InlineData("C", "naïve – ünïcode 🚚", "\"text: with colon\"")]
    public void A_failure_survives_its_json(string code, string message, string? data)
    {
        var failure = new StepFailure(code, message, data);
        var json = failure.ToJson();
        Assert.Equal(failure, StepFailure.Find(json));
        Assert.Equal(failure, StepFailure.Find("Task 'X' (#3) failed: StepFailed: " + json + " and more"));
        Assert.DoesNotContain(": ", json, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', json);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Task timed out after 3.00 seconds")]
    [InlineData("{\"code\":")]
    [InlineData("{\"code\":1}")]
    public void A_text_without_a_failure_has_none(string? text) => Assert.Null(StepFailure.Find(text));

    [Fact]
    public void Exceptions_have_codes()
    {
        Assert.Equal("CardDeclined", StepFailure.From(new StepFailed("CardDeclined")).Code);
        Assert.Equal("InvalidOperationException", StepFailure.From(new InvalidOperationException("x")).Code);
        Assert.Equal(StepFailed.TimeoutCode, StepFailure.From(new OperationCanceledException(), timedOut: true).Code);
        Assert.Equal("OperationCanceledException", StepFailure.From(new OperationCanceledException()).Code);
    }

    [Fact]
    public async Task A_step_that_ignores_its_token_still_times_out()
    {
        var clock = new ManualTimeProvider();
        await using var app = new PortableApp("local", [], [], time: clock);
        var never = new TaskCompletionSource<ReadOnlyMemory<byte>>();
        var step = new StepDefinition("Slow", RetryPolicy.Once, null, null, _ => new ValueTask<ReadOnlyMemory<byte>>(never.Task), TimeoutSeconds: 10);
        var run = StepRunner.RunAsync(step, StepCall.NoOutput, new InvocationContext(app, "f", "1"), clock).AsTask();
        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(run.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(StepFailed.TimeoutCode, (await run).Failure?.Code);
    }

    [Theory]
    [InlineData("""{"step":"Charge","input":{"a":1},"run":"r","attempt":2}""", "Charge", """{"a":1}""", "r", 2)]
    [InlineData("""{"step":"Charge"}""", "Charge", "null", null, 1)]
    [InlineData("""{"step":"Charge","input":12345678901234567890}""", "Charge", "12345678901234567890", null, 1)]
    public void A_request_reads(string json, string step, string input, string? run, int attempt)
    {
        var request = StepRequest.Parse(Encoding.UTF8.GetBytes(json));
        Assert.Equal((step, input, run, attempt), (request.Step, Encoding.UTF8.GetString(request.Input.Span), request.RunId, request.Attempt));
    }

    [Theory]
    [InlineData("\"o-7\"", "o-7")]
    [InlineData("12345678901234567890", "12345678901234567890")]
    [InlineData("null", null)]
    public void A_request_carries_what_identifies_the_call(string key, string? expected)
    {
        var request = StepRequest.Parse(Encoding.UTF8.GetBytes($$"""{"step":"Charge","input":{"a":1},"run":"r","attempt":2,"key":{{key}}}"""));
        Assert.Equal(expected, request.Key);
        var again = StepRequest.Parse(request.ToJson());
        Assert.Equal((request.Step, request.RunId, request.Attempt, request.Key), (again.Step, again.RunId, again.Attempt, again.Key));
        Assert.Equal(request.Input.ToArray(), again.Input.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"step":7}""")]
    public void A_malformed_request_is_a_format_error(string json) =>
        Assert.Throws<FormatException>(() => StepRequest.Parse(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_policy_counts_calls_and_grows_its_waits()
    {
        var policy = RetryPolicy.Create(4, intervalSeconds: 2, backoffRate: 3, maxIntervalSeconds: 10, on: "A");
        Assert.Equal([true, true, true, false], Enumerable.Range(1, 4).Select(calls => policy.Allows("A", calls)));
        Assert.False(policy.Allows("a", 1));
        Assert.Equal([2, 6, 10, 10], Enumerable.Range(1, 4).Select(calls => policy.DelayAfter(calls).TotalSeconds));
    }

    [Fact]
    public void Jitter_takes_a_part_that_the_seed_decides()
    {
        var policy = RetryPolicy.Create(3, intervalSeconds: 100) with { Jitter = true };
        Assert.Equal(policy.DelayAfter(1, "run-1/0"), policy.DelayAfter(1, "run-1/0"));
        Assert.NotEqual(policy.DelayAfter(1, "run-1/0"), policy.DelayAfter(1, "run-2/0"));
        var waits = Enumerable.Range(0, 1000).Select(i => policy.DelayAfter(1, $"{i}").TotalSeconds).ToList();
        Assert.All(waits, wait => Assert.InRange(wait, 0, 100));
        Assert.InRange(waits.Average(), 40, 60);
        Assert.Equal(TimeSpan.FromSeconds(100), RetryPolicy.Create(3, intervalSeconds: 100).DelayAfter(1, "x"));
    }

    [Fact]
    public void A_policy_never_overflows() =>
        Assert.Equal(TimeSpan.FromDays(1), RetryPolicy.Create(1000, 60, backoffRate: 10).DelayAfter(900));
}
