using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Portable.Core.Tests;

/// <summary>Listens to spans and metrics of one function; tests run beside each other, so each has a function with a name of its own.</summary>
internal sealed class Watcher : IDisposable
{
    private readonly string _function;
    private readonly ActivityListener _spans;
    private readonly MeterListener _metrics = new();
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ConcurrentQueue<(string Name, double Value, Dictionary<string, object?> Tags)> _measured = new();

    public Watcher(string function, bool respectParents = false)
    {
        _function = function;
        _spans = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Portable",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => respectParents && options.Parent != default && !options.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
                ? ActivitySamplingResult.PropagationData
                : ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => _ended.Enqueue(activity),
        };
        ActivitySource.AddActivityListener(_spans);
        _metrics.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Portable")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _metrics.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measure(instrument, value, tags));
        _metrics.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measure(instrument, value, tags));
        _metrics.Start();
    }

    /// <summary>The spans of the function, in the order in which they ended.</summary>
    public IReadOnlyList<Activity> Spans => [.. _ended.Where(span => Equals(span.GetTagItem("faas.name"), _function))];

    public IReadOnlyList<(string Name, double Value, Dictionary<string, object?> Tags)> Metrics => [.. _measured.Where(measured => Equals(measured.Tags["faas.name"], _function))];

    /// <summary>All spans of a trace, of whichever function.</summary>
    public IReadOnlyList<Activity> Trace(string id) => [.. _ended.Where(span => span.TraceId.ToHexString() == id)];

    public void Dispose()
    {
        _spans.Dispose();
        _metrics.Dispose();
    }

    private void Measure(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.Enqueue((instrument.Name, value, tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value)));
}
