using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Portable.AspNet.Tests;

/// <summary>The program of the Hosts project as a process of its own.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _entered = new(0);

    private HostProcess(Process process) => _process = process;

    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Starts the program.</summary>
    public static HostProcess Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var info = new ProcessStartInfo(Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        info.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Portable.AspNet.Tests.Hosts.dll"));
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        // What the platforms set must come from the test, not from the machine that runs it.
        foreach (var name in (string[])["PORT", "K_SERVICE", "FUNCTION_TARGET", "DOTNET_RUNNING_IN_CONTAINER", "PORTABLE_PORT", "FUNCTIONS_CUSTOMHANDLER_PORT", "FUNCTIONS_HTTPWORKER_PORT"])
        {
            info.Environment.Remove(name);
        }

        // Processes of several tests would meet in the default file.
        info.Environment["PORTABLE_JOURNAL"] = "memory";
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        var host = new HostProcess(new Process { StartInfo = info });
        host._process.OutputDataReceived += host.OnLine;
        host._process.ErrorDataReceived += host.OnLine;
        host._process.Start();
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        return host;
    }

    /// <summary>Starts a program that serves, and waits until it does.</summary>
    public static async Task<(HostProcess Host, HttpClient Http)> ServeAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var host = Start(environment, arguments);
        var exit = host._process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await Task.WhenAny(host._address.Task, exit);
        Assert.True(host._address.Task.IsCompleted, "The host ended: " + string.Join('\n', host._lines));
        return (host, new HttpClient { BaseAddress = await host._address.Task });
    }

    /// <summary>Waits until the function "Hold" has been entered.</summary>
    public Task WhenEnteredAsync() => _entered.WaitAsync(TestContext.Current.CancellationToken);

    /// <summary>Lets the function "Hold" answer.</summary>
    public Task ReleaseAsync(string answer) => _process.StandardInput.WriteLineAsync(answer);

    /// <summary>Sends SIGTERM, as platforms do.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end; all output has been read then.</summary>
    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    [GeneratedRegex(@"listening on (http://\S+)")]
    private static partial Regex Listening();

    private void OnLine(object sender, DataReceivedEventArgs received)
    {
        if (received.Data is { } line)
        {
            _lines.Enqueue(line);
            if (line == "entered")
            {
                _entered.Release();
            }

            if (Listening().Match(line) is { Success: true } match)
            {
                _address.TrySetResult(new Uri(match.Groups[1].Value.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)));
            }
        }
    }
}
