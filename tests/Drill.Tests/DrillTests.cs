using Portable.Benchmarks.Drill;

namespace Portable.Drill.Tests;

/// <summary>The fault drill with a few thousand messages; <c>benchmarks/Drill</c> runs it with a hundred thousand for each target.</summary>
public sealed class DrillTests
{
    [Theory]
    [InlineData("local", 1500)]
    [InlineData("aws", 1000)]
    [InlineData("gcp", 1000)]
    public async Task Every_message_is_handled_effectively_once_or_among_the_dead_letters(string target, int messages)
    {
        await using var output = new StringWriter();
        var verdict = await DrillRun.RunAsync(target, new DrillOptions { Messages = messages, Seed = Environment.TickCount, Patience = TimeSpan.FromMinutes(5) }, output);
        TestContext.Current.TestOutputHelper?.WriteLine(output.ToString());
        Assert.True(verdict.IsClean, output.ToString());
    }
}

/// <summary>The judge of the drill finds what the drill is meant to find.</summary>
public sealed class JudgeTests
{
    private static readonly Parcel Ok = new("m-1", "{}", Fate.Handled);
    private static readonly Parcel Bad = new("m-2", "{}", Fate.GivenUp);

    [Fact]
    public void Once_is_clean() => Assert.True(Of(Ok, [], 50, Entry(10, 1, "begin", "a"), Entry(20, 1, "end", "a")).IsClean);

    [Fact]
    public void Never_is_lost() => Assert.Equal(1, Of(Ok, [], null).Lost);

    [Fact]
    public void Twice_is_twice_unless_the_process_was_killed_in_between()
    {
        Entry[] entries = [Entry(10, 1, "begin", "a"), Entry(20, 1, "end", "a"), Entry(40, 2, "begin", "b"), Entry(50, 2, "end", "b")];
        Assert.Equal((1, 0), (Of(Ok, [], 60, entries).DoneTwice, Of(Ok, [], 60, entries).RepeatedAfterKill));
        Assert.Equal((0, 1), (Of(Ok, [(1, 15, 25)], 60, entries).DoneTwice, Of(Ok, [(1, 15, 25)], 60, entries).RepeatedAfterKill));
        Assert.Equal(1, Of(Ok, [(2, 15, 25)], 60, entries).DoneTwice);
        Assert.Equal(1, Of(Ok, [(1, 22, 25)], 21, entries).DoneTwice); // acknowledged, and killed then
    }

    [Fact]
    public void To_begin_after_the_acknowledgement_is_twice() =>
        Assert.Equal(1, Of(Ok, [], 30, Entry(10, 1, "begin", "a"), Entry(20, 1, "end", "a"), Entry(40, 2, "begin", "b"), Entry(41, 2, "fail", "b")).DoneTwice);

    [Fact]
    public void Two_at_the_same_time_overlap() =>
        Assert.Equal(1, Of(Ok, [], 60, Entry(10, 1, "begin", "a"), Entry(15, 2, "begin", "b"), Entry(20, 1, "fail", "a"), Entry(25, 2, "end", "b")).Overlapping);

    [Fact]
    public void A_run_of_a_killed_process_ends_with_it() =>
        Assert.True(Of(Ok, [(1, 12, 13)], 60, Entry(10, 1, "begin", "a"), Entry(15, 2, "begin", "b"), Entry(20, 2, "end", "b")).IsClean);

    [Fact]
    public void What_is_to_be_given_up_is_dead_with_a_reason()
    {
        Assert.True(Of(Bad, [], 60, Entry(10, 1, "begin", "a", "m-2"), Entry(11, 1, "fail", "a", "m-2"), Entry(12, 1, "dead", "because", "m-2")).IsClean);
        Assert.Equal(1, Of(Bad, [], 60, Entry(12, 1, "dead", "", "m-2")).Lost);
        Assert.Equal(1, Of(Ok, [], 60, Entry(10, 1, "begin", "a"), Entry(11, 1, "end", "a"), Entry(12, 1, "dead", "because")).WronglyDead);
    }

    private static Entry Entry(long at, int process, string what, string detail, string id = "m-1") => new(at, process, what, id, detail);

    private static Verdict Of(Parcel parcel, (int, long, long)[] kills, long? acknowledged, params Entry[] entries) =>
        Judge.Of([parcel], entries, kills, acknowledged is { } at ? new Dictionary<string, long> { [parcel.Id] = at } : []);
}
