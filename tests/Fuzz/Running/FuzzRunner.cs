using System.Collections.Concurrent;
using System.Diagnostics;

namespace Portable.Fuzz;

/// <summary>Feeds damaged events to targets and keeps account of what becomes of them.</summary>
/// <param name="seed">What the chance starts from.</param>
/// <param name="shared">Whether to use events that lie beside the repository too.</param>
/// <param name="longest">How long an event may take; a second when not stated.</param>
public sealed class FuzzRunner(int seed, bool shared = false, TimeSpan? longest = null)
{
    private const int Chunk = 64;

    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    private readonly TimeSpan _slow = longest ?? TimeSpan.FromSeconds(1);

    /// <summary>The most bytes that an event may make a target allocate: some, and so many times its own length.</summary>
    public static long AllocationBound(int length) => 1024 * 1024 + 64L * length;

    /// <summary>Runs events of every target in turn, on several threads.</summary>
    /// <param name="targets">The targets.</param>
    /// <param name="count">How many events, over all targets.</param>
    /// <param name="threads">How many threads.</param>
    public FuzzReport Run(IReadOnlyList<FuzzTarget> targets, long count, int threads)
    {
        var clock = Stopwatch.StartNew();
        var accounts = new List<FuzzAccount>();
        var per = (count + targets.Count - 1) / targets.Count;
        foreach (var target in targets)
        {
            var account = Run(target, per, threads);
            accounts.Add(account);
            if (account.Hung)
            {
                break; // its thread still runs, and would spoil the others' times
            }
        }

        return new FuzzReport(seed, accounts, clock.Elapsed);
    }

    /// <summary>Runs one event, as a failure names it.</summary>
    public (FuzzEvent Event, FuzzOutcome Outcome) Repeat(FuzzTarget target, long index)
    {
        var input = Make(target, Corpus.Of(target, shared), index);
        return (input, target.CreateProbe()(input));
    }

    private FuzzEvent Make(FuzzTarget target, IReadOnlyList<FuzzEvent> corpus, long index)
    {
        var random = FuzzRandom.For(seed, target.Name, index);
        return Mutator.Mutate(random.Pick(corpus), random);
    }

    private FuzzAccount Run(FuzzTarget target, long count, int threads)
    {
        var corpus = Corpus.Of(target, shared);
        var account = new FuzzAccount(target.Name);
        var next = 0L;
        var running = new ConcurrentDictionary<int, (long Index, long Since)>();
        var workers = Enumerable.Range(0, threads).Select(number => new Thread(() => Work(number), maxStackSize: 1024 * 1024) { IsBackground = true, Name = target.Name }).ToList();
        workers.ForEach(static worker => worker.Start());
        foreach (var worker in workers)
        {
            while (!worker.Join(TimeSpan.FromMilliseconds(500)))
            {
                foreach (var (_, (index, since)) in running)
                {
                    if (Stopwatch.GetElapsedTime(since) > Hang)
                    {
                        account.Hang(index);
                        return account;
                    }
                }
            }
        }

        return account;

        void Work(int number)
        {
            try
            {
                var probe = target.CreateProbe();
                for (var from = Interlocked.Add(ref next, Chunk) - Chunk; from < count; from = Interlocked.Add(ref next, Chunk) - Chunk)
                {
                    for (var index = from; index < Math.Min(from + Chunk, count); index++)
                    {
                        running[number] = (index, Stopwatch.GetTimestamp());
                        One(probe, index);
                    }
                }
            }
            catch (Exception e)
            {
                account.Fail(-1, $"the probe could not be made: {e}");
            }
            finally
            {
                running.TryRemove(number, out _);
            }
        }

        void One(FuzzProbe probe, long index)
        {
            var input = Make(target, corpus, index);
            var run = Measure(probe, input);

            // A pause of the machine is not the target's fault, nor is what is allocated once: what counts comes again.
            for (var again = 0; again < 3 && run.Error is null && (run.Time > _slow || run.Allocated > AllocationBound(input.Length)); again++)
            {
                run = Measure(probe, input);
            }

            if (run.Error is { } error)
            {
                account.Fail(index, error.ToString());
            }
            else if (run.Time > _slow)
            {
                account.Fail(index, $"took {run.Time.TotalSeconds:0.0} s");
            }
            else if (run.Allocated > AllocationBound(input.Length))
            {
                account.Fail(index, $"allocated {run.Allocated:N0} bytes for an event of {input.Length:N0} bytes");
            }
            else if (run.Outcome.Verdict == FuzzVerdict.Broken || (run.Outcome.Verdict != FuzzVerdict.Handled && run.Outcome.Reason.Length == 0))
            {
                account.Fail(index, run.Outcome.Reason.Length == 0 ? $"{run.Outcome.Verdict} without a reason" : run.Outcome.Reason);
            }
            else
            {
                account.Count(run.Outcome.Verdict);
            }
        }
    }

    private static (FuzzOutcome Outcome, Exception? Error, TimeSpan Time, long Allocated) Measure(FuzzProbe probe, FuzzEvent input)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var since = Stopwatch.GetTimestamp();
        FuzzOutcome outcome = default;
        Exception? error = null;
        try
        {
            outcome = probe(input);
        }
        catch (Exception e)
        {
            error = e;
        }

        return (outcome, error, Stopwatch.GetElapsedTime(since), GC.GetAllocatedBytesForCurrentThread() - allocated);
    }
}
