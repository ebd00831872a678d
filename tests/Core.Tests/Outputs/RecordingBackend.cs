using Portable.Runtime;

namespace Portable.Core.Tests.Outputs;

/// <summary>Keeps what is sent, or refuses it.</summary>
internal sealed class RecordingBackend : IOutputBackend
{
    public List<(string Queue, OutgoingMessage Message)> Messages { get; } = [];

    public List<OutgoingEvent> Events { get; } = [];

    public List<string> Buckets { get; } = [];

    public bool Fails { get; set; }

    public Task<string> SendAsync(string queue, OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (Fails)
        {
            throw new OutputException("The queue is away.");
        }

        Messages.Add((queue, message));
        return Task.FromResult($"sent-{Messages.Count}");
    }

    public Task PublishAsync(OutgoingEvent published, CancellationToken cancellationToken)
    {
        Events.Add(published);
        return Task.CompletedTask;
    }

    public IBlobStore Bucket(string name)
    {
        Buckets.Add(name);
        return null!;
    }
}
