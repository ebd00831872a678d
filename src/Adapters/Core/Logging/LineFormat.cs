using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Portable.Runtime;

/// <summary>How a message becomes a line.</summary>
internal abstract class LineFormat
{
    /// <summary>The variable that says which: <c>json</c> or <c>text</c>.</summary>
    public const string Variable = "PORTABLE_LOG_FORMAT";

    /// <summary>
    /// The format of a cloud: JSON on clouds, where fields are searched, and text locally, where people read. <c>AWS_LAMBDA_LOG_FORMAT</c> is no
    /// choice: Lambda sets it to <c>Text</c> on every function that says nothing (shared fact: aws, environment), and its log searches read JSON either way.
    /// </summary>
    public static LineFormat Of(string cloud, Func<string, string?> environment) => environment(Variable)?.ToLowerInvariant() switch
    {
        "text" => new TextLines(oneLine: cloud != "local"),
        "json" => JsonLines.Of(cloud, environment),
        _ => cloud == "local" ? new TextLines(oneLine: false) : JsonLines.Of(cloud, environment),
    };

    /// <summary>The line, without its end.</summary>
    public abstract string Write(in LogEntry entry);
}

/// <summary>Text for people: level, category and event, function and invocation, message.</summary>
/// <param name="oneLine">Whether a stack trace stays on the line, so that it stays one entry.</param>
internal sealed class TextLines(bool oneLine) : LineFormat
{
    public override string Write(in LogEntry entry)
    {
        var line = new StringBuilder(128)
            .Append(Label(entry.Level)).Append(' ').Append(entry.Category)
            .Append(CultureInfo.InvariantCulture, $"[{entry.EventId}] ");
        if (entry.Invocation is { } invocation)
        {
            line.Append('(').Append(invocation.FunctionName).Append(' ').Append(invocation.InvocationId);
            if (invocation.CorrelationId is var correlation && correlation != invocation.InvocationId)
            {
                line.Append(' ').Append(correlation);
            }

            line.Append(") ");
        }

        line.Append(entry.Masked(entry.Message));
        if (entry.Exception is not null)
        {
            line.Append('\n').Append(entry.Masked(entry.Exception.ToString()));
        }

        return (oneLine ? line.Replace("\r", "").Replace("\n", " | ") : line).ToString();
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
