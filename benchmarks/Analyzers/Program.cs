using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Analyzers;
using Portable.Benchmarks.Analyzers;

// What all rules together add to the compilation of 1,000 handlers: parsing, the generator, binding and emitting, with the rules and without, in turns.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var quick = args.Contains("--quick");
var rounds = quick ? 3 : 11;
var analyzers = typeof(PortableAnalyzer).Assembly.GetTypes()
    .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
    .OrderBy(type => type.FullName, StringComparer.Ordinal)
    .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)
    .ToImmutableArray();

if (args.Contains("--profile"))
{
    await Profile.Run(analyzers);
    return;
}

var without = new Samples();
var floor = new Samples();
var with = new Samples();
for (var round = -1; round < rounds; round++)
{
    await Measure([], without, keep: round >= 0);
    await Measure([new NoOpAnalyzer()], floor, keep: round >= 0);
    await Measure(analyzers, with, keep: round >= 0);
}

Console.WriteLine($"{Workload.Handlers} handlers, {analyzers.Length} analyzers, {Environment.ProcessorCount} processors, median of {rounds}");
Console.WriteLine("| compilation | elapsed ms | processor ms | allocated MB |");
Console.WriteLine("|---|---|---|---|");
Row("without rules", without);
Row("with one that asks for every body and does nothing", floor);
Row("with all rules", with);
Console.WriteLine();
// Every project of the SDK has analyzers that look at bodies, the SDK's own: what ours add to such a compilation is the first figure.
Figure("analyzers.beside-others.elapsed", 1 + ((with.Elapsed - floor.Elapsed) / without.Elapsed));
Figure("analyzers.beside-others.processor", 1 + ((with.Processor - floor.Processor) / without.Processor));
Figure("analyzers.alone.elapsed", with.Elapsed / without.Elapsed);
Figure("analyzers.alone.processor", with.Processor / without.Processor);

async Task Measure(ImmutableArray<DiagnosticAnalyzer> rules, Samples samples, bool keep)
{
    GC.Collect();
    var bytes = GC.GetTotalAllocatedBytes();
    var processor = Environment.CpuUsage.TotalTime;
    var clock = Stopwatch.StartNew();
    var found = await Compiler.Compile(rules);
    var elapsed = clock.Elapsed;
    if (found.Length > 0)
    {
        throw new InvalidOperationException("The workload is not clean:\n" + string.Join('\n', found.Take(20)));
    }

    if (keep)
    {
        samples.Add(elapsed, Environment.CpuUsage.TotalTime - processor, GC.GetTotalAllocatedBytes() - bytes);
    }
}

static void Row(string name, Samples samples) => Console.WriteLine($"| {name} | {samples.Elapsed:0} | {samples.Processor:0} | {samples.Megabytes:0} |");

static void Figure(string name, double ratio) => Console.WriteLine($"figure {name} {ratio:0.00} x goal 1.15 {(ratio <= 1.15 ? "ok" : "short")}");
