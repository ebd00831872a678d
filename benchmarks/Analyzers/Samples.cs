namespace Portable.Benchmarks.Analyzers;

/// <summary>Measurements of one way to compile; times in milliseconds.</summary>
internal sealed class Samples
{
    private readonly List<double> _elapsed = [];
    private readonly List<double> _processor = [];
    private readonly List<double> _megabytes = [];

    public double Elapsed => Median(_elapsed);

    public double Processor => Median(_processor);

    public double Megabytes => Median(_megabytes);

    public void Add(TimeSpan elapsed, TimeSpan processor, long bytes)
    {
        _elapsed.Add(elapsed.TotalMilliseconds);
        _processor.Add(processor.TotalMilliseconds);
        _megabytes.Add(bytes / 1048576.0);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
