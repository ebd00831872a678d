using System.Globalization;

namespace Portable.Local;

/// <summary>The command line and environment of a local host.</summary>
internal static class LocalArguments
{
    public const string PortVariable = "PORTABLE_PORT";
    public const string JournalVariable = "PORTABLE_JOURNAL";
    public const string BucketsVariable = "PORTABLE_BUCKETS";
    public const string ConcurrencyVariable = "PORTABLE_CONCURRENCY";
    private const string InMemory = "memory";

    public const string Help = $"""
        The local host of this application.

          --port NUMBER         listens on this port of 127.0.0.1; 5080 unless said otherwise ({PortVariable})
          --urls URL            listens on this address
          --journal FILE        keeps runs of workflows in this file; 'memory' for none ({JournalVariable})
          --buckets FOLDER      keeps buckets in this folder; in memory unless said otherwise ({BucketsVariable})
          --concurrency NUMBER  delivers so many messages or batches of one source at a time; 1 unless said otherwise ({ConcurrencyVariable})

        Messages, events, rows and records are kept in memory and are lost when the host stops.

        """;

    /// <summary>
    /// Reads the options that <see cref="Help"/> lists (<c>--port N</c> or <c>--port=N</c>, and so on) and their variables; the command line wins.
    /// </summary>
    /// <exception cref="FormatException">An argument is unknown or malformed; the message says which.</exception>
    public static LocalHostOptions Parse(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        var options = new LocalHostOptions { JournalFile = LocalHostOptions.DefaultJournalFile };
        foreach (var (variable, name) in Variables)
        {
            if (environment(variable) is { Length: > 0 } value)
            {
                options = Apply(options, name, value, variable);
            }
        }

        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = Split(args[i]);
            if (name is not ("--port" or "--urls" or "--journal" or "--buckets" or "--concurrency"))
            {
                throw new FormatException($"'{args[i]}' is not an option of the local host; it takes --port NUMBER, --urls URL, --journal FILE, --buckets FOLDER and --concurrency NUMBER.");
            }

            value ??= ++i < args.Count ? args[i] : throw new FormatException($"{name} needs a value.");
            options = Apply(options, name, value, name);
        }

        return options;
    }

    /// <summary>Whether the command line asks what it may be.</summary>
    public static bool AskForHelp(IReadOnlyList<string> args) => args.Any(static argument => argument is "--help" or "-h" or "-?");

    private static (string Variable, string Option)[] Variables =>
        [(PortVariable, "--port"), (JournalVariable, "--journal"), (BucketsVariable, "--buckets"), (ConcurrencyVariable, "--concurrency")];

    private static LocalHostOptions Apply(LocalHostOptions options, string name, string value, string source) => name switch
    {
        "--port" => options with { Url = WithPort(value, source) },
        "--urls" => options with { Url = value },
        "--journal" => options with { JournalFile = value == InMemory ? null : value },
        "--buckets" => options with { BucketFolder = value == InMemory ? null : value },
        _ => options with { Concurrency = Concurrency(value, source) },
    };

    private static int Concurrency(string text, string source) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1000
            ? number
            : throw new FormatException($"{source} is '{text}', which is not a number from 1 to 1000.");

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
