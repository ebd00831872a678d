// Requests per second of the native Google host beside a bare slim ASP.NET Core program that does the same JSON, both NativeAOT, driven from this process over loopback.
//   dotnet run -c Release --project benchmarks/Hosts [-- --quick] [--rounds N]
// --quick takes what an earlier run has published where there is such a thing, and measures less often.
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Portable.Benchmarks.Hosts;

const string Order = """{"customer":"c-1047","lines":[{"sku":"A-1","quantity":2,"cents":1995},{"sku":"B-22","quantity":1,"cents":49900}],"note":"leave at the door"}""";
const double Goal = 0.9;

var quick = args.Contains("--quick");
var rounds = Array.IndexOf(args, "--rounds") is >= 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1]) : quick ? 9 : 31;
var slice = TimeSpan.FromMilliseconds(quick ? 500 : 700);
var here = Path.GetDirectoryName(SourceFile())!;
var pinned = OperatingSystem.IsLinux() && Environment.ProcessorCount > 1 && File.Exists("/usr/bin/taskset");

var bare = Publish("Bare");
var native = Publish("Native");
var push = $$"""{"message":{"data":"{{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Order))}}","attributes":{"tenant":"blue"},"messageId":"4102184774039362","publishTime":"2026-02-15T11:28:32.942Z"},"subscription":"projects/p/subscriptions/orders"}""";
Scenario[] scenarios =
[
    new("http-json", "place", "/orders/4711", Order, 200),
    new("pubsub-push", "receive", "/", push, 204),
];

foreach (var scenario in scenarios)
{
    Contestant[] contestants = [new("bare", bare, scenario, pinned), new("native", native, scenario, pinned)];
    try
    {
        foreach (var contestant in contestants)
        {
            contestant.Measure(slice * 2, counts: false); // connections, caches, the allocator
            Console.WriteLine($"{scenario.Name} {contestant.Name} answers {contestant.Answer}");
        }

        // Turn by turn, so that whatever else the machine does falls on both alike; the ratio is the median of the rounds' own ratios.
        for (var round = 0; round < rounds; round++)
        {
            foreach (var contestant in round % 2 == 0 ? contestants : contestants.Reverse())
            {
                contestant.Measure(slice, counts: true);
            }
        }
    }
    finally
    {
        foreach (var contestant in contestants)
        {
            contestant.Dispose();
        }
    }

    Console.WriteLine($"{"program",-22} {"requests/s",12} {"us of processor per request",28}");
    foreach (var contestant in contestants)
    {
        Console.WriteLine($"{scenario.Name + " " + contestant.Name,-22} {Median(contestant.Rates),12:F0} {Median(contestant.Costs),28:F2}");
    }

    var rate = Median(contestants[1].Rates.Zip(contestants[0].Rates, static (ours, theirs) => ours / theirs));
    var cost = Median(contestants[1].Costs.Zip(contestants[0].Costs, static (ours, theirs) => theirs / ours));
    Console.WriteLine($"figure hosts.gcp-native.{scenario.Name}.rate {rate:F2} x-bare goal {Goal:F2} {(rate >= Goal ? "ok" : "short")}");
    Console.WriteLine($"figure hosts.gcp-native.{scenario.Name}.per-processor-second {cost:F2} x-bare goal {Goal:F2} {(cost >= Goal ? "ok" : "short")}");
    Console.WriteLine();
}

static double Median(IEnumerable<double> values)
{
    var sorted = values.Order().ToArray();
    return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}

string Publish(string app)
{
    var folder = Path.Combine(here, "../../artifacts/hosts", app);
    var executable = Path.Combine(folder, app);
    if (quick && File.Exists(executable))
    {
        Console.WriteLine($"{app} as published at {File.GetLastWriteTimeUtc(executable):u}");
        return executable;
    }

    Console.WriteLine($"publishing {app} ...");
    var start = new ProcessStartInfo("dotnet", ["publish", Path.Combine(here, "Apps", app), "-c", "Release", "-r", "linux-x64", "--self-contained", "-o", folder, "-v", "q", "-nologo", "-m:1"])
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
    };
    using var process = Process.Start(start)!;
    var log = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return process.ExitCode == 0 ? executable : throw new InvalidOperationException($"{app} does not publish:\n{log}");
}

static string SourceFile([CallerFilePath] string path = "") => path;

/// <summary>What is asked.</summary>
internal sealed record Scenario(string Name, string Target, string Path, string Body, int Status);

/// <summary>A program under load.</summary>
internal sealed class Contestant(string name, string executable, Scenario scenario, bool pinned) : IDisposable
{
    private const int Connections = 32;

    private readonly Server _server = Server.Start(executable, scenario.Target, pinned);
    private Load? _load;

    public string Name => name;

    public string Answer => _load!.Answer.Replace("\r\n", " | ", StringComparison.Ordinal);

    /// <summary>Requests per second, round by round.</summary>
    public List<double> Rates { get; } = [];

    /// <summary>Microseconds of the server's processor time per request, round by round.</summary>
    public List<double> Costs { get; } = [];

    public void Measure(TimeSpan duration, bool counts)
    {
        _load ??= new Load(_server.Port, Connections, scenario.Path, scenario.Body, scenario.Status);
        var used = _server.Used;
        var watch = Stopwatch.StartNew();
        var answered = _load.Run(duration);
        if (counts)
        {
            Rates.Add(answered / watch.Elapsed.TotalSeconds);
            Costs.Add((_server.Used - used).TotalMicroseconds / answered);
        }
    }

    public void Dispose()
    {
        _load?.Dispose();
        _server.Dispose();
    }
}
