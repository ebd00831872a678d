// What an event costs: each of AWS's envelopes read by its reader, beside the same bytes deserialised by System.Text.Json into plain classes; and what the native loop adds to a bare one.
//   dotnet run -c Release --project benchmarks/Events [-- --quick] [--only envelopes|loop]
//   dotnet run -c Release --project benchmarks/Events -- fuzz 1000000 [--target aws] [--seed N]     damaged events against every adapter; see tests/Fuzz
using System.Globalization;
using Portable.Benchmarks.Events;
using Portable.Fuzz;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["fuzz", ..])
{
    return FuzzCommand.Run(args[1..], Console.Out);
}

var quick = args.Contains("--quick");
var at = Array.IndexOf(args, "--only");
var only = at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
var parts = new (string Name, Action<bool> Run)[] { ("envelopes", Envelopes.Run), ("loop", Loops.Run) };
if (only is not null && parts.All(part => part.Name != only))
{
    Console.Error.WriteLine($"There is no part '{only}'; there are {string.Join(", ", parts.Select(static part => part.Name))}.");
    return 1;
}

foreach (var (name, run) in parts)
{
    if (only is null || only == name)
    {
        run(quick);
    }
}

return 0;
