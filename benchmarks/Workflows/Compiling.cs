using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using static Portable.Benchmarks.Workflows.Figures;

namespace Portable.Benchmarks.Workflows;

/// <summary>The generator over many workflows, beside what the compiler itself takes to bind the same methods.</summary>
internal static class Compiling
{
    private const int Copies = 25;

    public static Task RunAsync(bool quick)
    {
        var rounds = quick ? 5 : 15;
        var compilation = Workload.Create(Copies);
        var names = compilation.GetSymbolsWithName("Run", SymbolFilter.Member).Concat(compilation.GetSymbolsWithName("Ship", SymbolFilter.Member))
            .Count(static symbol => symbol.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "WorkflowAttribute"));
        var (bound, first, edit, kilobytes) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = -2; round < rounds; round++)
        {
            var fresh = compilation.Clone();
            var binding = Timed(() => fresh.GetDiagnostics());
            var driver = Workload.Driver();
            var firstRun = Timed(() => driver = driver.RunGenerators(fresh));
            var edited = Workload.Edited(fresh, round + 10);
            GC.Collect();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var editRun = Timed(() => driver.RunGenerators(edited));
            if (round >= 0)
            {
                bound.Add(binding);
                first.Add(firstRun);
                edit.Add(editRun);
                kilobytes.Add((GC.GetAllocatedBytesForCurrentThread() - before) / 1024.0);
            }
        }

        Console.WriteLine($"compile: {names} workflows, definitions of all engines, median of {rounds}, per workflow");
        Print("workflows.compile.binding", Median(bound) / names, "us (the compiler binds and checks the same files)");
        Print("workflows.compile.first-run", Median(first) / names, "us");
        Print("workflows.compile.first-run.ratio", Median(first) / Median(bound), "x of binding");
        Print("workflows.compile.unrelated-edit", Median(edit) / names, "us");
        Print("workflows.compile.unrelated-edit.allocated", Median(kilobytes) / names, "KB");
        Print("workflows.compile.unrelated-edit.reruns", Reruns(compilation), "outputs of " + Outputs(compilation));
        return Task.CompletedTask;
    }

    /// <summary>How many files are written anew after an edit that concerns none.</summary>
    private static int Reruns(CSharpCompilation compilation)
    {
        var driver = Workload.Driver(tracks: true).RunGenerators(compilation);
        return Steps(driver.RunGenerators(Workload.Edited(compilation, 1))).Count(static reason => reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
    }

    private static int Outputs(CSharpCompilation compilation) => Steps(Workload.Driver(tracks: true).RunGenerators(compilation)).Count();

    private static IEnumerable<IncrementalStepRunReason> Steps(GeneratorDriver driver) =>
        driver.GetRunResult().Results[0].TrackedOutputSteps.Values.SelectMany(static steps => steps).SelectMany(static step => step.Outputs).Select(static output => output.Reason);
}
