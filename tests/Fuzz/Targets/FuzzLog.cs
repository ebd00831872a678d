using Microsoft.Extensions.Logging;

namespace Portable.Fuzz.Targets;

/// <summary>
/// What the pipeline logged of one event. Adapters answer in their platform's terms, which often cannot tell a poison message from a handler that
/// failed; the log can.
/// </summary>
internal sealed class FuzzLog : ILoggerProvider, ILogger
{
    /// <summary>Why a message can never be handled; <see langword="null"/> when none was logged.</summary>
    public string? Poison { get; private set; }

    /// <summary>What a handler of ours threw, which none does; <see langword="null"/> when nothing.</summary>
    public string? Failure { get; private set; }

    /// <summary>Forgets the last event.</summary>
    public void Clear() => (Poison, Failure) = (null, null);

    /// <summary>What an answer says together with the log.</summary>
    /// <param name="status">The HTTP status, or one that stands for the platform's own answer.</param>
    /// <param name="reason">What the answer says.</param>
    public FuzzOutcome Outcome(int status, string reason) =>
        Failure is { } failure ? FuzzOutcome.Broken(failure)
        : Poison is { } poison ? FuzzOutcome.Poison(poison)
        : status < 300 ? FuzzOutcome.Handled
        : status is >= 400 and < 500 ? FuzzOutcome.Rejected(reason)
        : FuzzOutcome.Broken($"{status} {reason}");

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (exception is Aws.MalformedEventException)
        {
            return; // met while binding; the invoker tells Lambda of it
        }

        if (exception is not null)
        {
            Failure ??= formatter(state, exception) + "\n" + exception;
        }
        else if (eventId.Name == "MessagePoisoned")
        {
            Poison ??= formatter(state, exception);
        }
    }

    public void Dispose()
    {
    }
}
