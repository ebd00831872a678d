using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Portable.Drill.Worker;

namespace Portable.Benchmarks.Drill;

/// <summary>A process and where it listens, if it does.</summary>
internal sealed record Running(Process Process, int Port);

/// <summary>Processes of the worker, of which one after the other is killed without a warning and replaced.</summary>
internal sealed class Workers : IAsyncDisposable
{
    private readonly string _target;
    private readonly Func<int, IReadOnlyDictionary<string, string>> _environment;
    private readonly Random _random;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Running?[] _running;
    private readonly Task _killing;

    public Workers(string target, int count, Func<int, IReadOnlyDictionary<string, string>> environment, Random random, TimeSpan killEvery)
    {
        _target = target;
        _environment = environment;
        _random = random;
        _running = new Running?[count];
        for (var i = 0; i < count; i++)
        {
            _running[i] = Start();
        }

        _killing = KillAsync(killEvery);
    }

    /// <summary>Which process was killed when: it was alive at the first moment and dead at the second.</summary>
    public ConcurrentQueue<(int Process, long Before, long After)> Kills { get; } = new();

    /// <summary>One of those that run.</summary>
    public Running? Any(Random random)
    {
        lock (_running)
        {
            return _running[random.Next(_running.Length)];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _killing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var running in _running)
        {
            End(running!);
        }

        _stopping.Dispose();
    }

    private async Task KillAsync(TimeSpan every)
    {
        while (every > TimeSpan.Zero)
        {
            await Task.Delay(every * (0.5 + _random.NextDouble()), _stopping.Token);
            var index = _random.Next(_running.Length);
            var victim = _running[index]!;
            var before = Stopwatch.GetTimestamp();
            victim.Process.Kill(); // SIGKILL
            await victim.Process.WaitForExitAsync(CancellationToken.None);
            Kills.Enqueue((victim.Process.Id, before, Stopwatch.GetTimestamp()));
            victim.Process.Dispose();
            lock (_running)
            {
                _running[index] = Start();
            }
        }
    }

    private static void End(Running running)
    {
        running.Process.Kill();
        running.Process.WaitForExit();
        running.Process.Dispose();
    }

    private Running Start()
    {
        var port = FreePort();
        var info = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        info.ArgumentList.Add(typeof(DrillApplication).Assembly.Location);
        info.ArgumentList.Add(_target);
        foreach (var (name, value) in _environment(port))
        {
            info.Environment[name] = value;
        }

        info.Environment["DOTNET_TieredPGO"] = "0";
        var process = Process.Start(info)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, line) =>
        {
            if (line.Data is { Length: > 0 } text)
            {
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"worker: {text}"));
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new Running(process, port);
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
