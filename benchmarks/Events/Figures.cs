namespace Portable.Benchmarks.Events;

/// <summary>Medians, and how they are printed.</summary>
internal static class Figures
{
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    /// <summary>A line that a script can read.</summary>
    public static void Print(string name, double value, string unit, double goal) =>
        Console.WriteLine($"figure {name} {value:0.000} {unit} goal {goal:0.###} {(value <= goal ? "ok" : "short")}");
}
