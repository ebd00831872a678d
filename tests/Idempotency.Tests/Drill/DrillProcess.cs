using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Portable.Idempotency.Tests.App;

namespace Portable.Idempotency.Tests.Drill;

/// <summary>The test application as a process of its own.</summary>
internal sealed class DrillProcess : IAsyncDisposable
{
    private readonly Process _process;

    private DrillProcess(Process process) => _process = process;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<DrillProcess> StartAsync(string kind, string address, string folder, int skewSeconds)
    {
        var info = new ProcessStartInfo(Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "Portable.Idempotency.Tests.App.dll"), kind, address, folder, skewSeconds.ToString(CultureInfo.InvariantCulture)])
        {
            info.ArgumentList.Add(argument);
        }

        info.Environment["DOTNET_TieredPGO"] = "0"; // they live for seconds
        var process = new DrillProcess(Process.Start(info)!);
        Assert.Equal("ready", await process.LineAsync());
        return process;
    }

    /// <summary>Sends requests at once.</summary>
    public async Task SendAsync(string key, string mode, int count, int leaseSeconds = 30)
    {
        await _process.StandardInput.WriteLineAsync($"{key} {mode} {count} {leaseSeconds}");
        await _process.StandardInput.FlushAsync(Token);
    }

    /// <summary>The answers to what was sent.</summary>
    public async Task<IReadOnlyList<Answer>> AnswersAsync()
    {
        var answers = new List<Answer>();
        while (await LineAsync() is var line && line != "end")
        {
            if (line.Length > 4 && char.IsAsciiDigit(line[0]) && line[3] == ' ')
            {
                answers.Add(new Answer(int.Parse(line[..3], CultureInfo.InvariantCulture), line[4..]));
            }
        }

        return answers;
    }

    /// <summary>Waits for the handler to say that it has begun.</summary>
    public async Task WhenEnteredAsync()
    {
        while (await LineAsync() != "entered")
        {
        }
    }

    /// <summary>Ends the process without a word: SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(Token);
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

    private async Task<string> LineAsync() => await _process.StandardOutput.ReadLineAsync(Token) ?? throw new InvalidOperationException("The process ended; see its standard error above.");
}

/// <summary>An answer that a process got.</summary>
internal sealed record Answer(int Status, string Body)
{
    public Outcome Outcome => JsonSerializer.Deserialize(Body, AppJson.Default.Outcome)!;
}
