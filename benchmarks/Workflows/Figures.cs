using System.Diagnostics;

namespace Portable.Benchmarks.Workflows;

/// <summary>Medians, and how they are printed.</summary>
internal static class Figures
{
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    /// <summary>The value that a constant of the build has.</summary>
    public static string Build(string key) =>
        typeof(Figures).Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), false)
            .Cast<System.Reflection.AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;

    public static double Timed(Action work)
    {
        var clock = Stopwatch.StartNew();
        work();
        return clock.Elapsed.TotalMicroseconds;
    }

    public static async Task<double> TimedAsync(Func<Task> work)
    {
        var clock = Stopwatch.StartNew();
        await work();
        return clock.Elapsed.TotalMicroseconds;
    }

    /// <summary>A line that a script can read.</summary>
    public static void Print(string name, double value, string unit) => Console.WriteLine($"figure {name} {value:0.00} {unit}");
}
