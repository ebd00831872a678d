using Portable.Benchmarks.Drill;

if (args.Contains("--help"))
{
    Console.WriteLine("[--quick] [--messages NUMBER] [--seed NUMBER] [--only local|aws|gcp]");
    return 0;
}

var quick = args.Contains("--quick");
var targets = Array.IndexOf(args, "--only") is >= 0 and var only ? [args[only + 1]] : DrillRun.Targets;
var options = new DrillOptions
{
    Messages = (Number("--messages", quick ? 3_000 : 100_000) + targets.Length - 1) / targets.Length,
    Seed = Number("--seed", Environment.TickCount),
    KillEvery = TimeSpan.FromMilliseconds(quick ? 1000 : 3000),
};
Console.WriteLine($"{options.Messages} messages to each of {string.Join(", ", targets)}; seed {options.Seed}");
var clean = true;
foreach (var target in targets)
{
    clean &= (await DrillRun.RunAsync(target, options, Console.Out)).IsClean;
}

return clean ? 0 : 1;

int Number(string name, int fallback) => Array.IndexOf(args, name) is >= 0 and var i ? int.Parse(args[i + 1], System.Globalization.CultureInfo.InvariantCulture) : fallback;
