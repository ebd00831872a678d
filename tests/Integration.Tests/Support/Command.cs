using System.Diagnostics;
using System.Text;

namespace Portable.Integration.Tests.Support;

/// <summary>What a finished process said.</summary>
internal sealed record CommandResult(int ExitCode, string Output)
{
    /// <summary>Fails the test with the whole output unless the process succeeded.</summary>
    public CommandResult Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Output}");
        return this;
    }

    /// <summary>Fails the test with the whole output unless the process failed.</summary>
    public CommandResult Failed()
    {
        Assert.True(ExitCode != 0, $"it succeeded\n{Output}");
        return this;
    }
}

/// <summary>Runs processes as a person at a prompt would.</summary>
internal static class Command
{
    public static async Task<CommandResult> RunAsync(string folder, string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = StartInfo(folder, file, arguments, environment) };
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        lock (output)
        {
            return new CommandResult(process.ExitCode, output.ToString());
        }

        void Append(string? line)
        {
            lock (output)
            {
                output.AppendLine(line);
            }
        }
    }

    public static Task<CommandResult> DotNetAsync(string folder, string arguments, CancellationToken cancellationToken, IReadOnlyDictionary<string, string>? environment = null) =>
        RunAsync(folder, "dotnet", arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), environment, cancellationToken);

    public static ProcessStartInfo StartInfo(string folder, string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };

        // What the running SDK and test host set for themselves is not for the processes that the tests start.
        foreach (var name in start.Environment.Keys.Where(IsOurs).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static bool IsOurs(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("TESTINGPLATFORM", StringComparison.OrdinalIgnoreCase)
        || name is "DOTNET_HOST_PATH" or "DOTNET_CLI_CONTEXT_VERBOSE" or "DOTNET_CLI_TEST_COMMAND_WORKING_DIRECTORY";
}
