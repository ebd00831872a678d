using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Portable.Benchmarks.Generator;

/// <summary>What one kind of run costs per handler: the median of time and of allocations.</summary>
internal readonly record struct Cost(double Microseconds, double Kilobytes);

/// <summary>One generator over one project, measured round by round so that several can take turns.</summary>
internal sealed class Measurement(UserProject project, Func<IIncrementalGenerator> create, BuildProperties options)
{
    private readonly Dictionary<string, List<Cost>> _samples = [];
    private GeneratorDriver? _warm;

    /// <summary>One round of every kind of run.</summary>
    public void Round(int n)
    {
        var driver = Driver();
        var fresh = project.Fresh();
        Record("first, cold", () => driver.RunGenerators(fresh));
        driver = Driver();
        Bind(fresh);
        Record("first, bound", () => driver.RunGenerators(fresh));
        _warm ??= Driver().RunGenerators(project.Compilation);

        // A driver is immutable, so every edit starts from the same state.
        Edit("unrelated edit", project.UnrelatedEdit(n));
        Edit("body edit", project.BodyEdit(n));
        Edit("contract edit", project.ContractEdit(n));
    }

    /// <summary>The median over all rounds but the first, which warms up.</summary>
    public Cost Median(string kind)
    {
        var samples = _samples[kind].Skip(1).ToList();
        return new Cost(Middle(samples.Select(static sample => sample.Microseconds)), Middle(samples.Select(static sample => sample.Kilobytes)));
    }

    private void Edit(string kind, CSharpCompilation edited) => Record(kind, () => _warm!.RunGenerators(edited));

    private void Record(string kind, Func<GeneratorDriver> run)
    {
        GC.Collect();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        var driver = run();
        var elapsed = Stopwatch.GetElapsedTime(start);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        var result = driver.GetRunResult().Results[0];
        if (result.Exception is not null)
        {
            throw new InvalidOperationException("The generator failed.", result.Exception);
        }

        if (!_samples.TryGetValue(kind, out var samples))
        {
            _samples.Add(kind, samples = []);
        }

        samples.Add(new Cost(elapsed.TotalMicroseconds / project.Handlers, allocated / 1024.0 / project.Handlers));
    }

    private GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [create().AsSourceGenerator()], additionalTexts: [], (CSharpParseOptions)project.Compilation.SyntaxTrees[0].Options, options);

    /// <summary>Declares every symbol, as an editor has done that shows the file.</summary>
    private static void Bind(CSharpCompilation compilation)
    {
        foreach (var type in compilation.Assembly.GlobalNamespace.GetNamespaceMembers().SelectMany(All))
        {
            _ = type.GetAttributes();
            foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
            {
                _ = method.GetAttributes();
                _ = method.ReturnType.Name;
                foreach (var parameter in method.Parameters)
                {
                    _ = parameter.Type.Name;
                    _ = parameter.GetAttributes();
                }
            }
        }
    }

    private static IEnumerable<INamedTypeSymbol> All(INamespaceSymbol space) =>
        space.Locations.Any(static location => location.IsInSource) ? space.GetTypeMembers().Concat(space.GetNamespaceMembers().SelectMany(All)) : [];

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
