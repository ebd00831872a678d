using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Portable.Runtime;

/// <summary>The metrics of invocations, named by the conventions. Throttles are not among them: the platform alone sees what it does not start.</summary>
internal sealed class Instruments
{
    private readonly Counter<long> _invocations;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _timeouts;
    private readonly Counter<long> _coldStarts;
    private readonly Counter<long> _retries;
    private readonly Histogram<double> _duration;

    public Instruments(Meter meter)
    {
        _invocations = meter.CreateCounter<long>(Conventions.Invocations, "{invocation}", "Number of successful invocations.");
        _errors = meter.CreateCounter<long>(Conventions.Errors, "{error}", "Number of invocation errors.");
        _timeouts = meter.CreateCounter<long>(Conventions.Timeouts, "{timeout}", "Number of invocation timeouts.");
        _coldStarts = meter.CreateCounter<long>(Conventions.ColdStarts, "{coldstart}", "Number of invocation cold starts.");
        _retries = meter.CreateCounter<long>(Conventions.Retries, "{invocation}", "Number of invocations that are not the first attempt.");
#if NET9_0_OR_GREATER
        _duration = meter.CreateHistogram(Conventions.Duration, "s", "Measures the duration of the function's logic execution.", tags: null, new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
        });
#else
        _duration = meter.CreateHistogram<double>(Conventions.Duration, "s", "Measures the duration of the function's logic execution.");
#endif
    }

    /// <summary>Whether anybody listens.</summary>
    public bool Enabled => _duration.Enabled || _invocations.Enabled || _errors.Enabled || _timeouts.Enabled || _coldStarts.Enabled || _retries.Enabled;

    /// <summary>An invocation has ended.</summary>
    public void Record(string trigger, string function, TimeSpan duration, string? error, bool timedOut, bool coldStart, int attempt)
    {
        var tags = new TagList { { Conventions.Trigger, trigger }, { Conventions.Function, function } };
        if (coldStart)
        {
            _coldStarts.Add(1, tags);
        }

        if (attempt > 1)
        {
            _retries.Add(1, tags);
        }

        if (error is null)
        {
            _invocations.Add(1, tags);
        }
        else
        {
            tags.Add(Conventions.ErrorType, error);
            _errors.Add(1, tags);
        }

        if (timedOut)
        {
            _timeouts.Add(1, tags);
        }

        _duration.Record(duration.TotalSeconds, tags);
    }
}
