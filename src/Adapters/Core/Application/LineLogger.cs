using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Portable.Runtime;

/// <summary>
/// Writes each message at once, in clouds as one line, so that a stack trace stays one entry. The usual console logger queues
/// messages to a thread of its own, and a platform that freezes the process between invocations would lose them.
/// </summary>
internal sealed class LineLoggerProvider(TextWriter writer, bool oneLine) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new LineLogger(categoryName, writer, oneLine);

    public void Dispose() => writer.Flush();

    private sealed class LineLogger(string category, TextWriter writer, bool oneLine) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = new StringBuilder(128)
                .Append(Label(logLevel)).Append(' ').Append(category)
                .Append(CultureInfo.InvariantCulture, $"[{eventId.Id}] ").Append(formatter(state, exception));
            if (exception is not null)
            {
                line.Append('\n').Append(exception);
            }

            writer.WriteLine((oneLine ? line.Replace("\r", "").Replace("\n", " | ") : line).ToString());
        }

        private static string Label(LogLevel level) => level switch
        {
            LogLevel.Trace => "trace",
            LogLevel.Debug => "debug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "error",
            _ => "critical",
        };
    }
}
