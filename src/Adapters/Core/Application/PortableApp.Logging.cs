using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Portable.Runtime;

/// <content>What the application logs.</content>
public sealed partial class PortableApp
{
    /// <summary>Whether the application was described as one with services.</summary>
    internal bool HasServices => _build is not null;

    /// <summary>The values of secrets, which no line shows.</summary>
    internal SecretMask Mask { get; } = new();

    /// <summary>A logger from the application's services; a plain one that writes lines where there are none.</summary>
    public ILogger CreateLogger(string category) => CreateLogger(category, null);

    /// <summary>A logger of what happens in an invocation.</summary>
    internal ILogger CreateLogger(string category, InvocationContext? invocation) => _build is null
        ? new LineLoggerProvider(Console.Out, LineFormat.Of(Cloud, Environment.GetEnvironmentVariable))
        {
            Levels = LogLevels.From(Environment.GetEnvironmentVariables()),
            Invocation = invocation,
            Mask = Mask,
        }.CreateLogger(category)
        : Services.GetRequiredService<ILoggerFactory>().CreateLogger(category);
}
