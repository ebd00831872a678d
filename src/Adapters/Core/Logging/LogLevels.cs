using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Portable.Runtime;

/// <summary>
/// From which level on messages are written, by category: <c>Logging:LogLevel:Default</c> and <c>Logging:LogLevel:{Category}</c>, as everywhere
/// in .NET; where no default is named, that of Lambda's own setting, <c>AWS_LAMBDA_LOG_LEVEL</c>; else Information.
/// </summary>
internal sealed class LogLevels
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Logging:LogLevel";

    /// <summary>Lambda's variable.</summary>
    public const string LambdaVariable = "AWS_LAMBDA_LOG_LEVEL";

    private const string VariablePrefix = "Logging__LogLevel__";

    private readonly List<KeyValuePair<string, LogLevel>> _categories = [];

    private LogLevels(IEnumerable<KeyValuePair<string, string?>> settings, string? lambdaLevel)
    {
        Default = Parse(lambdaLevel) ?? LogLevel.Information;
        foreach (var (category, text) in settings)
        {
            if (Parse(text) is not { } level)
            {
                continue;
            }

            if (category.Equals("Default", StringComparison.OrdinalIgnoreCase))
            {
                Default = level;
            }
            else
            {
                _categories.Add(new(category, level));
            }
        }
    }

    /// <summary>The level of categories that are not named.</summary>
    public LogLevel Default { get; }

    /// <summary>The levels of an application with a configuration.</summary>
    public static LogLevels From(IConfiguration configuration) => new(
        configuration.GetSection(Section).GetChildren().Select(static child => new KeyValuePair<string, string?>(child.Key, child.Value)),
        configuration[LambdaVariable]);

    /// <summary>The levels of an application without one: of the environment alone.</summary>
    public static LogLevels From(System.Collections.IDictionary environment) => new(
        environment.Keys.OfType<string>()
            .Where(static name => name.StartsWith(VariablePrefix, StringComparison.OrdinalIgnoreCase))
            .Select(name => new KeyValuePair<string, string?>(name[VariablePrefix.Length..], environment[name] as string)),
        environment[LambdaVariable] as string);

    /// <summary>Applies the levels to a factory; rules that code has added stay.</summary>
    public void Apply(LoggerFilterOptions options)
    {
        options.MinLevel = Default;
        foreach (var (category, level) in _categories)
        {
            options.Rules.Add(new LoggerFilterRule(providerName: null, category, level, filter: null));
        }
    }

    /// <summary>The level of a category: that of the longest name that it begins with.</summary>
    public LogLevel Of(string category)
    {
        var best = -1;
        var level = Default;
        foreach (var (prefix, found) in _categories)
        {
            if (prefix.Length > best && category.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                best = prefix.Length;
                level = found;
            }
        }

        return level;
    }

    // .NET's names, and those of Lambda and Log4j.
    private static LogLevel? Parse(string? text) => text?.ToUpperInvariant() switch
    {
        "TRACE" => LogLevel.Trace,
        "DEBUG" => LogLevel.Debug,
        "INFORMATION" or "INFO" => LogLevel.Information,
        "WARNING" or "WARN" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "CRITICAL" or "FATAL" => LogLevel.Critical,
        "NONE" => LogLevel.None,
        _ => null,
    };
}
