// What the generator costs per handler, beside the least that any generator pays which finds methods by an attribute, measured in
// turns in one run. "bound": the symbols exist already, as in an editor.
//   dotnet run -c Release --project benchmarks/Generator [-- --quick] [--handlers N] [--rounds N] [--json]
// --json adds a JsonSerializerContext that names every payload, which the generator reads at every edit, too.
using System.Globalization;
using Portable.Benchmarks.Generator;
using Portable.Generator;

var quick = args.Contains("--quick");
var handlers = Option("--handlers", 1000);
var rounds = Option("--rounds", quick ? 7 : 25);
var project = new UserProject(handlers, args.Contains("--json"));
(string Name, Measurement Measurement)[] subjects =
[
    ("no-op", new Measurement(project, static () => new NoOpGenerator(), new BuildProperties())),
    ("type names", new Measurement(project, static () => new TypeNamesGenerator(), new BuildProperties())),
    ("portable, aws native", new Measurement(project, static () => new PortableGenerator(), new BuildProperties(("PortableCloud", "aws"), ("PortableHosting", "native")))),
    ("portable, aws managed", new Measurement(project, static () => new PortableGenerator(), new BuildProperties(("PortableCloud", "aws"), ("PortableHosting", "managed")))),
];
for (var round = 0; round <= rounds; round++)
{
    foreach (var (_, measurement) in subjects)
    {
        measurement.Round(round + 1);
    }
}

string[] kinds = ["first, cold", "first, bound", "unrelated edit", "body edit", "contract edit"];
var floor = subjects[0].Measurement;
Console.WriteLine($"{handlers} handlers, median of {rounds} rounds: microseconds per handler, kilobytes allocated per handler, time against the no-op");
Console.WriteLine();
Console.WriteLine($"{"",-24}{string.Concat(kinds.Select(static kind => $"{kind,26}"))}");
foreach (var (name, measurement) in subjects)
{
    Console.WriteLine($"{name,-24}{string.Concat(kinds.Select(kind => $"{Cell(measurement.Median(kind), floor.Median(kind)),26}"))}");
}

Console.WriteLine();
var bound = subjects[2..].Max(subject => subject.Measurement.Median("first, bound").Microseconds);
var unrelated = subjects[2..].Select(subject => subject.Measurement.Median("unrelated edit")).OrderByDescending(static cost => cost.Microseconds).First();
Figure("generator-unrelated-edit", unrelated.Microseconds / floor.Median("unrelated edit").Microseconds, "x-no-op", 2);
Figure("generator-unrelated-edit-allocated", unrelated.Kilobytes, "KB/handler", 20);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  of which the no-op, that is the compiler itself: {floor.Median("unrelated edit").Kilobytes:0.00} KB/handler"));
Figure("generator-first-bound", bound, "us/handler", 40);

int Option(string name, int fallback) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : fallback;

static string Cell(Cost cost, Cost floor) =>
    string.Create(CultureInfo.InvariantCulture, $"{cost.Microseconds:0.0} us {cost.Kilobytes:0.0} KB {cost.Microseconds / floor.Microseconds:0.00}x");

static void Figure(string name, double value, string unit, double goal) =>
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"figure {name} {value:0.00} {unit} goal {goal} {(value <= goal ? "ok" : "short")}"));
