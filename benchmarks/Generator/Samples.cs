namespace Portable.Benchmarks.Generator;

/// <summary>Measurements of one generator; times in microseconds.</summary>
internal sealed class Samples
{
    private readonly List<double> _first = [];
    private readonly List<double> _edit = [];
    private readonly List<double> _bytes = [];

    public double FirstTime => Median(_first);

    public double EditTime => Median(_edit);

    public double EditBytes => Median(_bytes);

    public void Add(TimeSpan first, TimeSpan edit, long bytes)
    {
        _first.Add(first.TotalMicroseconds);
        _edit.Add(edit.TotalMicroseconds);
        _bytes.Add(bytes);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
