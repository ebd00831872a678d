using System.Diagnostics;

namespace Portable.Benchmarks.Drill;

/// <summary>What came of a drill. All but <see cref="RepeatedAfterKill"/> must be zero.</summary>
/// <param name="Lost">Messages that were neither handled nor are among the dead letters with a reason.</param>
/// <param name="DoneTwice">Messages that a handler began with although they had been acknowledged, or had been done by a process that was not killed.</param>
/// <param name="Overlapping">Messages that two live handlers had at the same time.</param>
/// <param name="WronglyDead">Messages that were handled, or could have been, and are among the dead letters.</param>
/// <param name="RepeatedAfterKill">Messages whose effect was there when the process was killed before it could say so: no queue can know.</param>
internal sealed record Verdict(int Lost, int DoneTwice, int Overlapping, int WronglyDead, int RepeatedAfterKill)
{
    /// <summary>The first messages that came out wrong, with all that is known of them.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    public bool IsClean => Lost + DoneTwice + Overlapping + WronglyDead == 0;
}

/// <summary>Reads the ledger.</summary>
internal static class Judge
{
    /// <summary>How long after its end a handler's process may still be about to say so: until its lease ends, two seconds and a half after it began.</summary>
    private static readonly long Saying = Stopwatch.Frequency * 5 / 2;

    public static Verdict Of(
        IReadOnlyList<Parcel> parcels, IReadOnlyCollection<Entry> entries, IReadOnlyCollection<(int Process, long Before, long After)> kills, IReadOnlyDictionary<string, long> acknowledged)
    {
        var byId = entries.ToLookup(static entry => entry.Id, StringComparer.Ordinal);
        var killed = kills.ToDictionary(static kill => kill.Process);
        var (lost, twice, overlapping, wronglyDead, repeated) = (0, 0, 0, 0, 0);
        var evidence = new List<string>();
        foreach (var parcel in parcels)
        {
            var own = byId[parcel.Id].OrderBy(static entry => entry.At).ToList();
            var before = lost + twice + overlapping + wronglyDead;
            var dead = own.Count(static entry => entry.What == "dead" && entry.Detail.Length > 0);
            var ends = own.Count(static entry => entry.What == "end");
            var isToDie = parcel.Fate is Fate.GivenUp or Fate.Poison;
            lost += isToDie ? (dead == 0 ? 1 : 0) : (ends == 0 ? 1 : 0);
            wronglyDead += isToDie ? (ends > 0 ? 1 : 0) : (dead > 0 ? 1 : 0);
            var runs = Runs(own, killed);
            overlapping += runs.Zip(runs.Skip(1)).Any(static pair => pair.Second.Begin < pair.First.Finish) ? 1 : 0;
            var done = runs.FirstOrDefault(static run => run.Succeeded);
            if (isToDie)
            {
                // Given up and delivered again: it is tried again.
            }
            else if (ends > 1 && done is not null && killed.TryGetValue(done.Process, out var kill) && kill.After >= done.Finish && kill.Before - done.Finish < Saying
                && acknowledged.GetValueOrDefault(parcel.Id, long.MaxValue) > kill.Before)
            {
                repeated++;
            }
            else if (ends > 1)
            {
                twice++;
            }
            else if (acknowledged.TryGetValue(parcel.Id, out var at) && runs.Any(run => run.Begin > at))
            {
                twice++;
            }

            if (lost + twice + overlapping + wronglyDead > before && evidence.Count < 10)
            {
                evidence.Add($"{parcel.Id} ({parcel.Fate}), acknowledged {acknowledged.GetValueOrDefault(parcel.Id)}: "
                    + string.Join("; ", own.Select(entry => $"{entry.At} {entry.What} {entry.Detail} by {entry.Process}{(killed.TryGetValue(entry.Process, out var end) ? $", killed {end.Before}" : "")}")));
            }
        }

        return new Verdict(lost, twice, overlapping, wronglyDead, repeated) { Evidence = evidence };
    }

    private static List<HandlerRun> Runs(List<Entry> entries, Dictionary<int, (int Process, long Before, long After)> killed)
    {
        var ends = entries.Where(static entry => entry.What is "end" or "fail").ToDictionary(static entry => entry.Detail, StringComparer.Ordinal);
        return [.. entries.Where(static entry => entry.What == "begin").Select(begin =>
            ends.TryGetValue(begin.Detail, out var end) ? new HandlerRun(begin.Process, begin.At, end.At, end.What == "end")
            : killed.TryGetValue(begin.Process, out var kill) ? new HandlerRun(begin.Process, begin.At, kill.After, false)
            : new HandlerRun(begin.Process, begin.At, long.MaxValue, false)).OrderBy(static run => run.Begin)];
    }

    private sealed record HandlerRun(int Process, long Begin, long Finish, bool Succeeded);
}
