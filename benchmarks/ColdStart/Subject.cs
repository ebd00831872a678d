using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Portable.Benchmarks.ColdStart;

/// <summary>What one start of a program showed.</summary>
/// <param name="Milliseconds">From just before the process is created to its first response.</param>
/// <param name="ResidentMb">Its resident memory after that response.</param>
internal readonly record struct Start(double Milliseconds, double ResidentMb);

/// <summary>How a Lambda runtime is started and what it is asked.</summary>
internal sealed record LambdaCase(string Handler, string Event, string Expected);

/// <summary>A published program and how its start is measured.</summary>
internal sealed class Subject(string name, string folder, string executable, Func<Subject, Start> measure, Func<Subject, double>? warm = null)
{
    private const int WarmInvocations = 3000;

    public string Name { get; } = name;

    public List<Start> Starts { get; } = [];

    public double MedianMs => Median(Starts.Select(static start => start.Milliseconds));

    public double MinMs => Starts.Min(static start => start.Milliseconds);

    public double MedianMb => Median(Starts.Select(static start => start.ResidentMb));

    /// <summary>What is deployed: every file but documentation and symbols.</summary>
    public double SizeMb => Deployed().Sum(static file => new FileInfo(file).Length) / 1e6;

    public double ZippedMb { get; private set; }

    /// <summary>The median time of a warm invocation in microseconds, as the Runtime API sees it; not measured for web servers.</summary>
    public double WarmUs { get; private set; } = double.NaN;

    public void MeasureWarm() => WarmUs = warm?.Invoke(this) ?? double.NaN;

    public void MeasureOnce(bool count)
    {
        var start = measure(this);
        if (count)
        {
            Starts.Add(start);
        }
    }

    public void Zip()
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in Deployed())
            {
                zip.CreateEntryFromFile(file, Path.GetRelativePath(folder, file), CompressionLevel.Optimal);
            }
        }

        ZippedMb = target.Length / 1e6;
    }

    /// <summary>A Lambda runtime: from the start of the process to the response to its first event; warm, from event to event.</summary>
    public static Subject Lambda(string name, string folder, LambdaCase lambda) => new(
        name,
        folder,
        "bootstrap",
        subject =>
        {
            var begin = Stopwatch.GetTimestamp();
            var (times, resident) = subject.Serve(lambda, invocations: 1);
            return new Start(Stopwatch.GetElapsedTime(begin, times[0]).TotalMilliseconds, resident);
        },
        subject =>
        {
            var (times, _) = subject.Serve(lambda, WarmInvocations);
            var warm = times.Skip(WarmInvocations / 2);
            return Median(warm.Zip(warm.Skip(1), static (one, next) => Stopwatch.GetElapsedTime(one, next).TotalMicroseconds));
        });

    private (long[] Times, double ResidentMb) Serve(LambdaCase lambda, int invocations)
    {
        using var api = new LoopbackRuntimeApi(lambda.Event);
        using var process = Launch(("AWS_LAMBDA_RUNTIME_API", api.Endpoint), ("_HANDLER", lambda.Handler), ("LAMBDA_TASK_ROOT", folder));
        try
        {
            var (times, response) = api.Serve(invocations);
            Expect(response, lambda.Expected);
            return (times, Resident(process));
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    /// <summary>A web server: from the start of the process to its first 200.</summary>
    public static Func<Subject, Start> Web(string path, string expected) => subject =>
    {
        var port = FreePort();
        var begin = Stopwatch.GetTimestamp();
        using var process = subject.Launch(("PORT", port.ToString()), ("ASPNETCORE_URLS", ""), ("K_SERVICE", "hello"), ("FUNCTION_TARGET", "Hello"));
        try
        {
            var request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
            var response = FirstAnswer(port, request, process);
            var end = Stopwatch.GetTimestamp();
            if (!response.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"{subject.Name}: not a 200: {response}");
            }

            Expect(response, expected);
            return new Start(Stopwatch.GetElapsedTime(begin, end).TotalMilliseconds, Resident(process));
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    };

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static void Expect(string response, string expected)
    {
        if (!response.Contains(expected, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"Expected '{expected}', got: {response}");
        }
    }

    // A port that refuses is asked again at once: waiting longer than the start takes would measure the wait.
    private static string FirstAnswer(int port, byte[] request, Process process)
    {
        var buffer = new byte[64 * 1024];
        var limit = Stopwatch.StartNew();
        while (limit.Elapsed < TimeSpan.FromSeconds(30))
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
            }
            catch (SocketException)
            {
                if (process.HasExited)
                {
                    break;
                }

                Thread.Sleep(TimeSpan.FromMilliseconds(0.2));
                continue;
            }

            socket.Send(request);
            var length = 0;
            int read;
            while ((read = socket.Receive(buffer.AsSpan(length))) > 0)
            {
                length += read;
            }

            return Encoding.UTF8.GetString(buffer, 0, length);
        }

        throw new InvalidOperationException("The program never answered.");
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static double Resident(Process process)
    {
        foreach (var line in File.ReadLines($"/proc/{process.Id}/status"))
        {
            if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
            {
                return double.Parse(line.AsSpan(6).Trim().ToString().Split(' ')[0]) * 1024 / 1e6;
            }
        }

        return double.NaN;
    }

    private IEnumerable<string> Deployed() => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(static file => Path.GetExtension(file) is not (".xml" or ".pdb" or ".dbg"));

    private Process Launch(params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Path.Combine(folder, executable)) { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardOutput = true };
        foreach (var (variable, value) in environment)
        {
            start.Environment[variable] = value;
        }

        return Process.Start(start)!;
    }
}
