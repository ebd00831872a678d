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

// Interleaved, so that a busy moment of the machine falls on all.
var floor = new Samples();
var native = new Samples();
var managed = new Samples();
for (var round = -3; round < rounds; round++)
{
    Measure(new NoOpGenerator(), "native", floor, keep: round >= 0, round);
    Measure(new PortableGenerator(), "native", native, keep: round >= 0, round);
    Measure(new PortableGenerator(), "managed", managed, keep: round >= 0, round);
}

Console.WriteLine($"{Handlers} handlers, median of {rounds}, per handler");
Console.WriteLine("| generator | first run, bound us | unrelated edit us | unrelated edit KB |");
Console.WriteLine("|---|---|---|---|");
Row("no-op ForAttributeWithMetadataName", floor);
Row("Portable, aws native: a file per handler", native);
Row("Portable, aws managed: a second file, the Lambda handler", managed);
Console.WriteLine();
Figures("native", native);
Figures("managed", managed);

void Figures(string hosting, Samples ours)
{
    Figure($"generator.{hosting}.unrelated-edit.ratio", ours.EditTime / floor.EditTime, "x", 2);
    Figure($"generator.{hosting}.unrelated-edit.allocated", ours.EditBytes / Handlers / 1024, "KB/handler", 20);
    Figure($"generator.{hosting}.first-run.bound", ours.FirstTime / Handlers, "us/handler", 40);
}

void Measure(Microsoft.CodeAnalysis.IIncrementalGenerator generator, string hosting, Samples samples, bool keep, int round)
{
    var driver = Workload.Driver(generator, hosting);
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
