using System.Text;
using System.Text.Json;

namespace Portable.Fuzz.Tests;

/// <summary>The harness finds what it is there to find.</summary>
public sealed class HarnessTests
{
    private static readonly string[] Fixtures = ["aws/sqs.json"];

    public static TheoryData<string, string> Bugs => new()
    {
        { "throws", "InvalidTimeZoneException" },
        { "is broken", "it is broken" },
        { "says no reason", "without a reason" },
        { "allocates", "allocated" },
        { "is slow", "took" },
    };

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_bug_is_found_and_named(string bug, string reason)
    {
        var report = new FuzzRunner(7, longest: TimeSpan.FromMilliseconds(200)).Run([new FuzzTarget("test", Fixtures, () => input => Probe(bug, input))], 3, 1);
        var failure = Assert.Single(report.Accounts).Failures[0];
        Assert.Contains(reason, failure.Reason, StringComparison.Ordinal);
        using var text = new StringWriter();
        report.Write(text);
        Assert.Contains($"--target test --seed 7 --index {failure.Index}", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("short", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Seed_and_index_make_the_same_event_again()
    {
        var target = new FuzzTarget("test", Fixtures, () => static _ => FuzzOutcome.Handled);
        for (var index = 0; index < 500; index++)
        {
            Assert.Equal(new FuzzRunner(3).Repeat(target, index).Event.Body, new FuzzRunner(3).Repeat(target, index).Event.Body);
        }

        Assert.NotEqual(new FuzzRunner(3).Repeat(target, 1).Event.Body, new FuzzRunner(4).Repeat(target, 1).Event.Body);
    }

    [Fact]
    public void Events_are_damaged_in_every_way()
    {
        var target = new FuzzTarget("test", Fixtures, () => static _ => FuzzOutcome.Handled);
        var runner = new FuzzRunner(1);
        int broken = 0, readable = 0, deep = 0, repeated = 0, notUnicode = 0, large = 0;
        for (var index = 0; index < 3000; index++)
        {
            var body = runner.Repeat(target, index).Event.Body;
            try
            {
                using var document = JsonDocument.Parse(body);
                readable++;
                repeated += document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.EnumerateObject().Count(static member => member.NameEquals("Records")) > 1 ? 1 : 0;
            }
            catch (JsonException e)
            {
                broken++;
                deep += e.Message.Contains("depth", StringComparison.Ordinal) ? 1 : 0;
            }

            large += body.Length > 60_000 ? 1 : 0;
            try
            {
                _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(body);
            }
            catch (DecoderFallbackException)
            {
                notUnicode++;
            }
        }

        Assert.All([broken, readable, deep, repeated, notUnicode, large], static count => Assert.InRange(count, 5, 2900));
    }

    [Fact]
    public void The_command_repeats_one_event_and_refuses_what_it_does_not_know()
    {
        using var text = new StringWriter();
        Assert.Equal(0, FuzzCommand.Run(["--target", "aws.sqs", "--seed", "1", "--index", "5"], text));
        Assert.Contains("aws.sqs 5, made of sqs", text.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, FuzzCommand.Run(["--wrong"], text));
        Assert.Equal(2, FuzzCommand.Run(["--target", "nowhere"], text));
        Assert.Equal(0, FuzzCommand.Run(["200", "--target", "cloudevents"], text));
    }

    private static FuzzOutcome Probe(string bug, FuzzEvent input)
    {
        switch (bug)
        {
            case "throws":
                throw new InvalidTimeZoneException();
            case "is broken":
                return FuzzOutcome.Broken("it is broken");
            case "says no reason":
                return FuzzOutcome.Poison("");
            case "allocates":
                GC.KeepAlive(new byte[FuzzRunner.AllocationBound(input.Length) + 1]);
                return FuzzOutcome.Handled;
            default:
                SpinWait.SpinUntil(static () => false, TimeSpan.FromMilliseconds(250));
                return FuzzOutcome.Handled;
        }
    }
}
