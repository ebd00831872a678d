namespace Portable.Fuzz;

/// <summary>Something that reads events.</summary>
/// <param name="Name">Its name, such as <c>aws.sqs</c>: what the command line and failures call it.</param>
/// <param name="Fixtures">The events that damaged ones are made of: paths below tests/Fixtures/events, <c>*</c> for several.</param>
/// <param name="CreateProbe">Makes what takes one event after the other on one thread; every thread has its own.</param>
/// <param name="Shared">Further events, below shared/data beside the repository; used where they are there.</param>
public sealed record FuzzTarget(string Name, IReadOnlyList<string> Fixtures, Func<FuzzProbe> CreateProbe, IReadOnlyList<string>? Shared = null);

/// <summary>Takes one event and says what became of it. Whatever it throws is a failure, and so is <see cref="FuzzVerdict.Broken"/>.</summary>
public delegate FuzzOutcome FuzzProbe(FuzzEvent input);

/// <summary>What became of an event.</summary>
public enum FuzzVerdict
{
    /// <summary>The handler took it.</summary>
    Handled,

    /// <summary>The sender was told that it cannot be taken: a 4xx, or the platform's kind of error.</summary>
    Rejected,

    /// <summary>It, or one of its messages, can never be handled and was reported as such with a reason.</summary>
    Poison,

    /// <summary>None of these: a bug.</summary>
    Broken,
}

/// <summary>What became of an event, and why.</summary>
/// <param name="Verdict">What became of it.</param>
/// <param name="Reason">Why; never empty but for <see cref="FuzzVerdict.Handled"/>.</param>
public readonly record struct FuzzOutcome(FuzzVerdict Verdict, string Reason)
{
    /// <summary>The handler took it.</summary>
    public static FuzzOutcome Handled { get; } = new(FuzzVerdict.Handled, "");

    /// <summary>The sender was told that it cannot be taken.</summary>
    public static FuzzOutcome Rejected(string reason) => new(FuzzVerdict.Rejected, reason);

    /// <summary>It can never be handled.</summary>
    public static FuzzOutcome Poison(string reason) => new(FuzzVerdict.Poison, reason);

    /// <summary>A bug.</summary>
    public static FuzzOutcome Broken(string reason) => new(FuzzVerdict.Broken, reason);
}
