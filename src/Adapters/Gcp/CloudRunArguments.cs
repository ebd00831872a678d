using System.Globalization;
using System.Net;
using Portable.Runtime;

namespace Portable.Gcp;

/// <summary>What the platform says by environment and command line: which function, and where to listen.</summary>
internal sealed record CloudRunArguments(FunctionDefinition Function, IPEndPoint Address)
{
    private const int DefaultPort = 8080;

    /// <summary>
    /// Reads <c>FUNCTION_TARGET</c>, <c>PORT</c>, <c>K_SERVICE</c> and <c>DOTNET_RUNNING_IN_CONTAINER</c>, as the vendor's framework does;
    /// the command line (<c>--target NAME</c>, <c>--port N</c>, or one bare name) wins.
    /// </summary>
    /// <exception cref="FormatException">The message is one line for the operator.</exception>
    public static CloudRunArguments Parse(PortableApp app, IReadOnlyList<string> args, Func<string, string?> environment)
    {
        var target = environment("FUNCTION_TARGET");
        var port = environment("PORT");
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--target" when i + 1 < args.Count:
                    target = args[++i];
                    break;
                case "--port" when i + 1 < args.Count:
                    port = args[++i];
                    break;
                case { } name when args.Count == 1 && !name.StartsWith('-'):
                    target = name;
                    break;
                default:
                    throw new FormatException($"'{args[i]}' is not an option; the host takes --target NAME and --port NUMBER.");
            }
        }

        return new CloudRunArguments(FindFunction(app, target), new IPEndPoint(IsContainer(environment) ? IPAddress.Any : IPAddress.Loopback, Port(port)));
    }

    private static FunctionDefinition FindFunction(PortableApp app, string? target) => (target, app.Functions.Count) switch
    {
        (null or "", 1) => app.Functions[0],
        (null or "", 0) => throw new FormatException("The application has no function."),
        (null or "", _) => throw new FormatException($"Set FUNCTION_TARGET to the function to run: {GcpFunction.Choices(app)}."),
        ({ } name, _) => app.FindFunction(name) ?? throw new FormatException($"FUNCTION_TARGET is '{name}', which is not a function; there is {GcpFunction.Choices(app)}."),
    };

    private static bool IsContainer(Func<string, string?> environment) =>
        !string.IsNullOrEmpty(environment("K_SERVICE")) || string.Equals(environment("DOTNET_RUNNING_IN_CONTAINER"), "true", StringComparison.OrdinalIgnoreCase);

    private static int Port(string? text) =>
        string.IsNullOrEmpty(text) ? DefaultPort
        : ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port
        : throw new FormatException($"PORT is '{text}', which is not a port number.");
}
