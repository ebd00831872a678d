namespace Portable.Fuzz;

/// <summary>What became of the events of one target.</summary>
public sealed class FuzzAccount(string target)
{
    private const int MostFailures = 10;

    private readonly object _gate = new();
    private readonly long[] _counts = new long[3];
    private readonly List<FuzzFailure> _failures = [];

    /// <summary>The target.</summary>
    public string Target { get; } = target;

    /// <summary>How many events came to nothing good.</summary>
    public long Failed { get; private set; }

    /// <summary>Whether an event never came to an end.</summary>
    public bool Hung { get; private set; }

    /// <summary>The first failures.</summary>
    public IReadOnlyList<FuzzFailure> Failures
    {
        get
        {
            lock (_gate)
            {
                return [.. _failures];
            }
        }
    }

    /// <summary>All events.</summary>
    public long Total => _counts.Sum() + Failed;

    /// <summary>How many events came to this.</summary>
    public long Of(FuzzVerdict verdict) => verdict == FuzzVerdict.Broken ? Failed : _counts[(int)verdict];

    internal void Count(FuzzVerdict verdict) => Interlocked.Increment(ref _counts[(int)verdict]);

    internal void Fail(long index, string reason)
    {
        lock (_gate)
        {
            Failed++;
            if (_failures.Count < MostFailures)
            {
                _failures.Add(new FuzzFailure(Target, index, reason));
            }
        }
    }

    internal void Hang(long index)
    {
        Fail(index, "did not come to an end");
        Hung = true;
    }
}

/// <summary>An event that a target did wrong.</summary>
/// <param name="Target">The target.</param>
/// <param name="Index">Which event; the run's seed and this make it again.</param>
/// <param name="Reason">What happened.</param>
public sealed record FuzzFailure(string Target, long Index, string Reason);

/// <summary>What became of all events.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Accounts">Every target's.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record FuzzReport(int Seed, IReadOnlyList<FuzzAccount> Accounts, TimeSpan Elapsed)
{
    /// <summary>All events.</summary>
    public long Total => Accounts.Sum(static account => account.Total);

    /// <summary>How many came to nothing good.</summary>
    public long Failed => Accounts.Sum(static account => account.Failed);

    /// <summary>Writes a table, the first failures of each target with what repeats them, and the figures.</summary>
    public void Write(TextWriter writer)
    {
        writer.WriteLine($"{"target",-28} {"handled",9} {"rejected",9} {"poison",9} {"failed",7}");
        foreach (var account in Accounts)
        {
            writer.WriteLine($"{account.Target,-28} {account.Of(FuzzVerdict.Handled),9} {account.Of(FuzzVerdict.Rejected),9} {account.Of(FuzzVerdict.Poison),9} {account.Failed,7}");
        }

        foreach (var failure in Accounts.SelectMany(static account => account.Failures))
        {
            writer.WriteLine($"FAILED {failure.Target}: {failure.Reason}");
            writer.WriteLine($"       again: fuzz --target {failure.Target} --seed {Seed} --index {failure.Index}");
        }

        writer.WriteLine($"{Total:N0} events, seed {Seed}, {Elapsed.TotalSeconds:0.0} s");
        writer.WriteLine($"figure fuzz-failures {Failed} events goal 0 {(Failed == 0 ? "ok" : "short")}");
    }
}
