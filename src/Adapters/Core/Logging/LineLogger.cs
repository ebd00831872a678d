using Microsoft.Extensions.Logging;

namespace Portable.Runtime;

/// <summary>
/// Writes each message at once, as one line. The usual console logger queues messages to a thread of its own, and a platform that freezes
/// the process between invocations would lose them.
/// </summary>
internal sealed class LineLoggerProvider(TextWriter writer, LineFormat format) : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider? _scopes;

    /// <summary>The levels, where no factory applies them.</summary>
    public LogLevels? Levels { get; init; }

    /// <summary>The invocation that is logged about, where nobody else knows it.</summary>
    public InvocationContext? Invocation { get; init; }

    /// <summary>Values that must not be written.</summary>
    public SecretMask? Mask { get; init; }

    public ILogger CreateLogger(string categoryName) => new LineLogger(categoryName, this);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose() => writer.Flush();

    private sealed class LineLogger(string category, LineLoggerProvider provider) : ILogger
    {
        private readonly LogLevel _level = provider.Levels?.Of(category) ?? LogLevel.Trace;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => provider._scopes?.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && logLevel >= _level;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                provider.Write(new LogEntry(logLevel, category, eventId.Id, formatter(state, exception), exception, state, provider._scopes, provider.Invocation ?? InvocationScope.Current, provider.Mask));
            }
        }
    }

    private void Write(in LogEntry entry) => writer.WriteLine(format.Write(entry));
}

/// <summary>One message.</summary>
internal readonly record struct LogEntry(
    LogLevel Level,
    string Category,
    int EventId,
    string Message,
    Exception? Exception,
    object? State,
    IExternalScopeProvider? Scopes,
    InvocationContext? Invocation,
    SecretMask? Mask)
{
    /// <summary>A text of the message as it may be written: without secrets, which is easier to see to before it is escaped.</summary>
    public string? Masked(string? text) => text is null || Mask is null ? text : Mask.Apply(text);
}
