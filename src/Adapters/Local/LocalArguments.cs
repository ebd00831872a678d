using System.Globalization;

namespace Portable.Local;

/// <summary>The command line and environment of a local host.</summary>
internal static class LocalArguments
{
    public const string PortVariable = "PORTABLE_PORT";
    public const string JournalVariable = "PORTABLE_JOURNAL";
    private const string InMemory = "memory";

    public const string Help = $"""
        The local host of this application.

          --port NUMBER    listens on this port of 127.0.0.1; 5080 unless said otherwise ({PortVariable})
          --urls URL       listens on this address
          --journal FILE   keeps runs of workflows in this file; 'memory' for none ({JournalVariable})

        """;

    /// <summary>
    /// Reads <c>--port N</c>, <c>--urls URL</c> and <c>--journal FILE</c> (or <c>--port=N</c> and so on), <c>PORTABLE_PORT</c> and
    /// <c>PORTABLE_JOURNAL</c>; the command line wins.
    /// </summary>
    /// <exception cref="FormatException">An argument is unknown or malformed; the message says which.</exception>
    public static LocalHostOptions Parse(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        var options = new LocalHostOptions { JournalFile = Journal(environment(JournalVariable) is { Length: > 0 } journal ? journal : LocalHostOptions.DefaultJournalFile) };
        if (environment(PortVariable) is { Length: > 0 } fromEnvironment)
        {
            options = options with { Url = WithPort(fromEnvironment, PortVariable) };
        }

        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = Split(args[i]);
            if (name is not ("--port" or "--urls" or "--journal"))
            {
                throw new FormatException($"'{args[i]}' is not an option of the local host; it takes --port NUMBER, --urls URL and --journal FILE.");
            }

            value ??= ++i < args.Count ? args[i] : throw new FormatException($"{name} needs a value.");
            options = name == "--journal"
                ? options with { JournalFile = Journal(value) }
                : options with { Url = name == "--port" ? WithPort(value, name) : value };
        }

        return options;
    }

    /// <summary>Whether the command line asks what it may be.</summary>
    public static bool AskForHelp(IReadOnlyList<string> args) => args.Any(static argument => argument is "--help" or "-h" or "-?");

    private static string? Journal(string value) => value == InMemory ? null : value;

    private static (string Name, string? Value) Split(string argument)
    {
        var equals = argument.IndexOf('=');
        return equals < 0 ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }

    private static string WithPort(string text, string source) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? $"http://127.0.0.1:{port}"
            : throw new FormatException($"{source} is '{text}', which is not a port number.");
}
