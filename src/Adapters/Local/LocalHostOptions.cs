namespace Portable.Local;

/// <summary>How a <see cref="LocalHost"/> runs.</summary>
public sealed record LocalHostOptions
{
    /// <summary>The address when nothing else is said.</summary>
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>Where to listen: <c>http://HOST:PORT</c> with an IP address or <c>localhost</c>; port 0 takes a free one.</summary>
    public string Url { get; init; } = DefaultUrl;

    /// <summary>The clock; the application's when <see langword="null"/>. Tests pass one that moves by hand.</summary>
    public TimeProvider? Time { get; init; }

    /// <summary>Where the banner goes; nowhere when <see langword="null"/>.</summary>
    public TextWriter? Output { get; init; }

    /// <summary>
    /// The file in which runs of workflows are kept, so that they go on after the process has ended: <see cref="DefaultJournalFile"/> for the
    /// program, none for hosts that tests start. One process at a time uses it.
    /// </summary>
    public string? JournalFile { get; init; }

    /// <summary>Where the program keeps the runs of workflows when nothing else is said, seen from the folder that it is started in.</summary>
    public const string DefaultJournalFile = ".portable/runs.db";

    /// <summary>How often a message is delivered at most, where its function has no retry policy of its own.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>
    /// How many deliveries of one source go on at a time: 1 keeps tests and logs readable, more finds what does not bear it. Ordered sources stay ordered within
    /// each group, partition or key.
    /// </summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>The folder that buckets are folders of; in memory when <see langword="null"/>.</summary>
    public string? BucketFolder { get; init; }

    /// <summary>Whether timers fire by the clock; by hand they always do.</summary>
    public bool RunTimers { get; init; } = true;

    /// <summary>How long running requests and deliveries may take to finish when the host stops.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(5);
}
