using System.Text;
using Portable.Runtime;

namespace Portable.Local;

/// <summary>
/// A queue in memory with one function behind it. An ordered queue keeps the order within each group, and takes a message of the same deduplication id once
/// in five minutes, as SQS does.
/// </summary>
public sealed class LocalQueue : LocalSource
{
    /// <summary>How long a deduplication id is remembered (SQS Developer Guide, "Exactly-once processing").</summary>
    private static readonly TimeSpan Deduplication = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, (string Id, DateTimeOffset At)> _recent = new(StringComparer.Ordinal);
    private long _sent;

    internal LocalQueue(SourceSetup setup, MessageFunction function)
        : base(setup, function)
    {
    }

    /// <summary>Sends a message.</summary>
    /// <param name="json">The body.</param>
    /// <param name="attributes">Attributes beside the body.</param>
    /// <returns>The identifier of the message.</returns>
    public string Send(string json, IReadOnlyDictionary<string, string>? attributes = null) => Send(Encoding.UTF8.GetBytes(json), attributes);

    /// <summary>Sends a message.</summary>
    /// <param name="body">The body.</param>
    /// <param name="attributes">Attributes beside the body.</param>
    /// <param name="delay">How long it is held back.</param>
    /// <param name="group">The group of an ordered queue.</param>
    /// <param name="deduplicationId">What an ordered queue recognises it by.</param>
    /// <returns>The identifier of the message; of the earlier one when it was recognised.</returns>
    public string Send(ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string>? attributes = null, TimeSpan delay = default, string? group = null, string? deduplicationId = null)
    {
        var now = Time.GetUtcNow();
        var isOrdered = Definition.Source.Ordered;
        string id;
        lock (_recent)
        {
            if (isOrdered && deduplicationId is not null && _recent.TryGetValue(deduplicationId, out var known) && now - known.At < Deduplication)
            {
                return known.Id;
            }

            id = $"{Name}-{++_sent}";
            if (isOrdered && deduplicationId is not null)
            {
                _recent[deduplicationId] = (id, now);
                Forget(now);
            }
        }

        Add(new LocalMessage(id, body, attributes, now, lane: isOrdered ? group ?? "" : ""), delay);
        return id;
    }

    // Once in a while, so that a long run does not keep every id there ever was.
    private void Forget(DateTimeOffset now)
    {
        if (_sent % 1000 == 0)
        {
            foreach (var (id, _) in _recent.Where(entry => now - entry.Value.At >= Deduplication).ToList())
            {
                _recent.Remove(id);
            }
        }
    }
}
