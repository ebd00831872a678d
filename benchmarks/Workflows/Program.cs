// What workflows cost: to compile, to bill, to run locally, to simulate. Each figure stands beside a named floor measured in the same run.
//   dotnet run -c Release --project benchmarks/Workflows [-- --quick] [--only compile|transitions|local|simulators]
using System.Globalization;
using Portable.Benchmarks.Workflows;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var quick = args.Contains("--quick");
var at = Array.IndexOf(args, "--only");
var only = at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
var parts = new (string Name, Func<bool, Task> Run)[]
{
    ("compile", Compiling.RunAsync),
    ("transitions", BilledTransitions.RunAsync),
    ("local", LocalEngine.RunAsync),
    ("simulators", Simulators.RunAsync),
};
if (only is not null && parts.All(part => part.Name != only))
{
    Console.Error.WriteLine($"There is no part '{only}'; there are {string.Join(", ", parts.Select(part => part.Name))}.");
    return 1;
}

foreach (var (name, run) in parts)
{
    if (only is null || only == name)
    {
        await run(quick);
        Console.WriteLine();
    }
}

return 0;
