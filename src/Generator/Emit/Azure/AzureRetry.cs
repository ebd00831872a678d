using System.Globalization;
using Portable.Generator.Model;

namespace Portable.Generator.Emit.Azure;

/// <summary>
/// How the host repeats a failed invocation; timers, Event Hubs and Cosmos DB alone have such a policy (facts: <c>FunctionLevelRetry</c>). Without one the host goes
/// on behind a failed batch of a stream, which would be lost, so that streams have one always.
/// </summary>
/// <param name="MaxRetryCount">How often it is repeated after the first time; -1 for ever.</param>
/// <param name="Minimum">The first wait.</param>
/// <param name="Maximum">The longest wait; the same as the first one for a fixed delay.</param>
internal sealed record AzureRetry(int MaxRetryCount, TimeSpan Minimum, TimeSpan Maximum)
{
    /// <summary>The longest wait where the policy names none.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>Until it succeeds, as Kinesis and DynamoDB do by default.</summary>
    private static readonly AzureRetry ForEver = new(-1, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

    /// <summary>The policy of a function; <see langword="null"/> for none.</summary>
    public static AzureRetry? Of(TriggerModel trigger, RetryModel? retry) => trigger switch
    {
        ScheduleTriggerModel => retry is null ? null : From(retry),
        StreamTriggerModel or TableTriggerModel or DeviceTriggerModel => retry is null ? ForEver : From(retry),
        _ => null,
    };

    /// <summary>The vendor's attribute with its arguments, without namespace and suffix.</summary>
    public string Attribute => Minimum == Maximum
        ? $"FixedDelayRetry({MaxRetryCount}, \"{Text(Minimum)}\")"
        : $"ExponentialBackoffRetry({MaxRetryCount}, \"{Text(Minimum)}\", \"{Text(Maximum)}\")";

    /// <summary>The same as the host's metadata, an expression.</summary>
    public string Options(string @namespace) => Minimum == Maximum
        ? $"new {@namespace}DefaultRetryOptions {{ MaxRetryCount = {MaxRetryCount}, DelayInterval = {Span(Minimum)} }}"
        : $"new {@namespace}DefaultRetryOptions {{ MaxRetryCount = {MaxRetryCount}, MinimumInterval = {Span(Minimum)}, MaximumInterval = {Span(Maximum)} }}";

    // The host doubles the wait whatever the rate says; that it grows at all is what the rate tells it.
    private static AzureRetry? From(RetryModel retry)
    {
        if (retry.MaxAttempts <= 1)
        {
            return null;
        }

        var first = TimeSpan.FromSeconds(retry.IntervalSeconds);
        var longest = retry.MaxIntervalSeconds > 0 ? TimeSpan.FromSeconds(retry.MaxIntervalSeconds) : Longest;
        return new AzureRetry(retry.MaxAttempts - 1, first, retry.BackoffRate > 1 && longest > first ? longest : first);
    }

    private static string Text(TimeSpan time) => time.ToString("c", CultureInfo.InvariantCulture);

    private static string Span(TimeSpan time) => $"global::System.TimeSpan.FromSeconds({((long)time.TotalSeconds).ToString(CultureInfo.InvariantCulture)})";
}
