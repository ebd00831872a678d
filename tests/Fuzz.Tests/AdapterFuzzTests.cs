namespace Portable.Fuzz.Tests;

/// <summary>Damaged events, a share of 50,000 for every adapter; benchmarks/Events runs a million.</summary>
public sealed class AdapterFuzzTests
{
    private const int Events = 50_000;

    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(static target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Events_as_they_are_sent_are_handled(string name)
    {
        var target = Find(name);
        var probe = target.CreateProbe();
        foreach (var input in Corpus.Of(target))
        {
            Assert.Equal((input.Name, FuzzOutcome.Handled), (input.Name, probe(input)));
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Damaged_events_are_handled_or_refused_with_a_reason(string name)
    {
        var report = new FuzzRunner(seed: 1).Run([Find(name)], Events / FuzzTargets.All.Count, threads: 2);
        using var text = new StringWriter();
        report.Write(text);
        Assert.True(report.Failed == 0, text.ToString());

        // Events that are all refused at the first bracket would prove nothing.
        var account = Assert.Single(report.Accounts);
        Assert.InRange(account.Of(FuzzVerdict.Handled), account.Total / 20, account.Total);
    }

    private static FuzzTarget Find(string name) => FuzzTargets.All.Single(target => target.Name == name);
}
