using System.Text;
using Portable.Runtime;

namespace Portable.Local;

/// <summary>What functions send, within the process: to the queues that functions take from, on the bus, to the buckets. What no function takes is kept to be looked at.</summary>
internal sealed class LocalOutputs(LocalRuntime runtime) : IOutputBackend
{
    /// <summary>The most that is remembered; a program that runs for days would fill the memory otherwise.</summary>
    private const int MostKept = 10_000;

    private readonly object _gate = new();
    private readonly Queue<SentMessage> _sent = new();
    private long _parked;

    /// <summary>The messages that were sent, the oldest first: the last 10,000.</summary>
    public IReadOnlyList<SentMessage> Sent
    {
        get
        {
            lock (_gate)
            {
                return [.. _sent];
            }
        }
    }

    public Task<string> SendAsync(string queue, OutgoingMessage message, CancellationToken cancellationToken)
    {
        var taken = runtime.FindQueue(queue);
        var id = taken is null
            ? $"{queue}-{Interlocked.Increment(ref _parked)}"
            : taken.Send(message.Body, message.Attributes, message.Delay, message.Group, message.DeduplicationId);
        lock (_gate)
        {
            if (_sent.Count == MostKept)
            {
                _sent.Dequeue();
            }

            _sent.Enqueue(new SentMessage(id, queue, message.Body, message.Attributes, runtime.App.Time.GetUtcNow(), taken?.Function, message.Delay, message.Group));
        }

        return Task.FromResult(id);
    }

    public Task PublishAsync(OutgoingEvent published, CancellationToken cancellationToken)
    {
        runtime.Events.Publish(
            new PublishedEvent(published.Id, published.Source, published.Type, published.Version, Encoding.UTF8.GetString(published.Body.Span)), published.Subject, published.Attributes);
        return Task.CompletedTask;
    }

    public IBlobStore Bucket(string name) => runtime.Bucket(name);
}

/// <summary>A message that a function sent to a queue.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Body">Its body.</param>
/// <param name="Attributes">Its attributes.</param>
/// <param name="At">When it was sent.</param>
/// <param name="Function">The function that takes from the queue; <see langword="null"/> when none of this application does.</param>
/// <param name="Delay">How long the queue holds it back.</param>
/// <param name="Group">The group of an ordered queue.</param>
public sealed record SentMessage(
    string Id, string Queue, ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, string> Attributes, DateTimeOffset At, string? Function = null, TimeSpan Delay = default, string? Group = null)
{
    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body.Span);
}
