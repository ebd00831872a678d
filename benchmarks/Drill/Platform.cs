using System.Collections.Concurrent;
using System.Diagnostics;

namespace Portable.Benchmarks.Drill;

/// <summary>One copy of a message on its way.</summary>
internal sealed class Copy(Parcel parcel)
{
    public Parcel Parcel { get; } = parcel;

    /// <summary>The delivery that is under way; answers to an earlier one count for nothing.</summary>
    public long Delivery { get; set; }
}

/// <summary>
/// A queue as clouds have them, at its worst: it delivers at least once, in any order, some late, some twice at a time, some again after they were
/// acknowledged, and again whatever is not acknowledged in time.
/// </summary>
internal sealed class Platform
{
    private const int VisibilityMilliseconds = 3000;
    private const int RetryMilliseconds = 250;

    private readonly object _gate = new();
    private readonly Random _random;
    private readonly List<Copy> _ready = [];
    private readonly PriorityQueue<(Copy Copy, long Delivery), long> _later = new();
    private readonly Dictionary<string, int> _received = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _available = new(0);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _deliveries;
    private int _open;

    public Platform(IReadOnlyList<Parcel> parcels, Random random)
    {
        _random = random;
        _open = parcels.Count;
        foreach (var parcel in parcels)
        {
            Enqueue(new Copy(parcel), random.Next(20) == 0 ? random.Next(1000) : 0);
            if (random.Next(20) == 0)
            {
                _open++;
                Duplicates++;
                Enqueue(new Copy(parcel), random.Next(2000));
            }
        }
    }

    /// <summary>When each message was first acknowledged.</summary>
    public ConcurrentDictionary<string, long> Acknowledged { get; } = new(StringComparer.Ordinal);

    /// <summary>Ends when every copy is acknowledged.</summary>
    public Task Done => _done.Task;

    public int Duplicates { get; private set; }

    public long Deliveries => Interlocked.Read(ref _deliveries);

    /// <summary>Copies of up to so many messages, never two of one; waits for the first.</summary>
    public async Task<IReadOnlyList<(Copy Copy, long Delivery, int Count)>> TakeAsync(int most, CancellationToken cancellationToken)
    {
        while (true)
        {
            await _available.WaitAsync(TimeSpan.FromMilliseconds(50), cancellationToken);
            lock (_gate)
            {
                Wake();
                var batch = new List<(Copy, long, int)>(most);
                var ids = new HashSet<string>(StringComparer.Ordinal);
                for (var tries = 0; tries < most * 2 && batch.Count < most && _ready.Count > 0; tries++)
                {
                    var index = _random.Next(_ready.Count);
                    var copy = _ready[index];
                    if (!ids.Add(copy.Parcel.Id))
                    {
                        continue;
                    }

                    (_ready[index], _ready[^1]) = (_ready[^1], _ready[index]);
                    _ready.RemoveAt(_ready.Count - 1);
                    copy.Delivery = ++_deliveries;
                    var count = _received[copy.Parcel.Id] = _received.GetValueOrDefault(copy.Parcel.Id) + 1;
                    _later.Enqueue((copy, copy.Delivery), Due(VisibilityMilliseconds));
                    batch.Add((copy, copy.Delivery, count));
                }

                if (batch.Count > 0)
                {
                    return batch;
                }
            }
        }
    }

    /// <summary>A delivery was answered.</summary>
    public void Answer(Copy copy, long delivery, bool success)
    {
        lock (_gate)
        {
            if (copy.Delivery != delivery)
            {
                return; // too late: it was delivered again meanwhile, or is about to be
            }

            copy.Delivery = 0;
            if (!success)
            {
                Enqueue(copy, _random.Next(RetryMilliseconds, RetryMilliseconds * 2));
                return;
            }

            Acknowledged.TryAdd(copy.Parcel.Id, Stopwatch.GetTimestamp());
            if (_random.Next(50) == 0)
            {
                Duplicates++; // the acknowledgement is lost on the way
                Enqueue(copy, _random.Next(1500));
            }
            else if (--_open == 0)
            {
                _done.TrySetResult();
            }
        }
    }

    private static long Due(int milliseconds) => Environment.TickCount64 + milliseconds;

    private void Enqueue(Copy copy, int delay)
    {
        if (delay > 0)
        {
            copy.Delivery = -1;
            _later.Enqueue((copy, -1), Due(delay));
        }
        else
        {
            _ready.Add(copy);
            _available.Release();
        }
    }

    private void Wake()
    {
        while (_later.TryPeek(out var entry, out var due) && due <= Environment.TickCount64)
        {
            _later.Dequeue();
            if (entry.Copy.Delivery == entry.Delivery)
            {
                entry.Copy.Delivery = 0; // its time is up
                _ready.Add(entry.Copy);
                _available.Release();
            }
        }
    }
}
