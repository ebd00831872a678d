using System.Globalization;
using System.Text;

namespace Portable.Fuzz;

/// <summary>The command line of the benchmark project's fuzz mode.</summary>
public static class FuzzCommand
{
    private const string Usage = "fuzz [COUNT] [--seed N] [--target NAME or PREFIX] [--index N] [--threads N] [--shared]";

    /// <summary>Runs <c>fuzz 1000000 --seed 1</c>, or with <c>--index</c> one event again, which it prints.</summary>
    /// <param name="args">The arguments after <c>fuzz</c>.</param>
    /// <param name="writer">Where the report goes.</param>
    /// <returns>The exit code: 0 when nothing failed, 1 when something did, 2 for arguments that it does not know.</returns>
    public static int Run(IReadOnlyList<string> args, TextWriter writer)
    {
        long count = 100_000;
        long? index = null;
        int seed = 1, threads = Environment.ProcessorCount;
        var target = "";
        var shared = false;
        for (var i = 0; i < args.Count; i++)
        {
            var known = args[i] switch
            {
                "--seed" => Number(args, ++i, out seed),
                "--threads" => Number(args, ++i, out threads),
                "--index" => Number(args, ++i, out long at) && (index = at) >= 0,
                "--target" => ++i < args.Count && (target = args[i]).Length > 0,
                "--shared" => shared = true,
                var text => long.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0,
            };
            if (!known)
            {
                writer.WriteLine(Usage);
                return 2;
            }
        }

        var targets = FuzzTargets.All.Where(candidate => candidate.Name.StartsWith(target, StringComparison.Ordinal)).ToList();
        if (targets.Count == 0)
        {
            writer.WriteLine($"There is no target '{target}'; there is {string.Join(", ", FuzzTargets.All.Select(static candidate => candidate.Name))}.");
            return 2;
        }

        var runner = new FuzzRunner(seed, shared);
        if (index is { } one)
        {
            return Repeat(runner, targets[0], one, writer);
        }

        var report = runner.Run(targets, count, Math.Max(1, threads));
        report.Write(writer);
        return report.Failed == 0 ? 0 : 1;
    }

    private static int Repeat(FuzzRunner runner, FuzzTarget target, long index, TextWriter writer)
    {
        var (input, outcome) = runner.Repeat(target, index);
        writer.WriteLine($"{target.Name} {index}, made of {input.Name}:");
        writer.WriteLine(Encoding.UTF8.GetString(input.Head));
        writer.WriteLine(Encoding.UTF8.GetString(input.Body));
        writer.WriteLine($"{outcome.Verdict}: {outcome.Reason}");
        return outcome.Verdict == FuzzVerdict.Broken ? 1 : 0;
    }

    private static bool Number<T>(IReadOnlyList<string> args, int at, out T value)
        where T : struct, IParsable<T>
    {
        value = default;
        return at < args.Count && T.TryParse(args[at], CultureInfo.InvariantCulture, out value);
    }
}
