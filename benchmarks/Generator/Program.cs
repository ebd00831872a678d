using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using Portable.Benchmarks.Generator;
using Portable.Generator;

// What the generator costs per handler at 1,000 handlers, beside the least that any generator pays, in the same run.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var quick = args.Contains("--quick");
const int Handlers = 1000;
var rounds = quick ? 9 : 25;

var compilation = Workload.Create(Handlers);
foreach (var tree in compilation.SyntaxTrees)
{
    compilation.GetSemanticModel(tree).GetDiagnostics(); // symbols bound, as an IDE has them anyway
}

// Interleaved, so that a busy moment of the machine falls on both.
var floor = new Samples();
var ours = new Samples();
for (var round = -3; round < rounds; round++)
{
    Measure(new NoOpGenerator(), floor, keep: round >= 0, round);
    Measure(new PortableGenerator(), ours, keep: round >= 0, round);
}

Console.WriteLine($"{Handlers} handlers, median of {rounds}, per handler");
Console.WriteLine("| generator | first run, bound us | unrelated edit us | unrelated edit KB |");
Console.WriteLine("|---|---|---|---|");
Row("no-op ForAttributeWithMetadataName", floor);
Row("Portable, aws managed", ours);
Console.WriteLine();
Figure("generator.unrelated-edit.ratio", ours.EditTime / floor.EditTime, "x", 2);
Figure("generator.unrelated-edit.allocated", ours.EditBytes / Handlers / 1024, "KB/handler", 20);
Figure("generator.first-run.bound", ours.FirstTime / Handlers, "us/handler", 40);

void Measure(Microsoft.CodeAnalysis.IIncrementalGenerator generator, Samples samples, bool keep, int round)
{
    var driver = Workload.Driver(generator);
    var clock = Stopwatch.StartNew();
    driver = driver.RunGenerators(compilation);
    var first = clock.Elapsed;
    var edited = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[1], Workload.Unrelated(round + 10));
    GC.Collect();
    var before = GC.GetAllocatedBytesForCurrentThread();
    clock.Restart();
    driver.RunGenerators(edited);
    if (keep)
    {
        samples.Add(first, clock.Elapsed, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}

static void Row(string name, Samples samples) =>
    Console.WriteLine($"| {name} | {samples.FirstTime / Handlers:0.0} | {samples.EditTime / Handlers:0.0} | {samples.EditBytes / Handlers / 1024:0.0} |");

static void Figure(string name, double value, string unit, double goal) =>
    Console.WriteLine($"figure {name} {value:0.00} {unit} goal {goal} {(value <= goal ? "ok" : "short")}");
