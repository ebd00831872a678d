using System.Text;
using Portable.Runtime;

namespace Portable.Local;

/// <summary>A topic that devices send to; every function whose filter takes the topic gets each message.</summary>
public sealed class LocalDevice
{
    private readonly TimeProvider _time;
    private readonly Func<long> _next;

    internal LocalDevice(string topic, IReadOnlyList<LocalSource> readers, TimeProvider time, Func<long> next)
    {
        Topic = topic;
        Readers = readers;
        _time = time;
        _next = next;
    }

    /// <summary>The topic.</summary>
    public string Topic { get; }

    /// <summary>The functions that take its messages.</summary>
    public IReadOnlyList<LocalSource> Readers { get; }

    /// <summary>Sends as a device.</summary>
    /// <param name="json">The body.</param>
    /// <param name="deviceId">The device.</param>
    /// <param name="attributes">Attributes beside the body.</param>
    /// <returns>The identifier of the message.</returns>
    public string Send(string json, string? deviceId = null, IReadOnlyDictionary<string, string>? attributes = null) => Send(Encoding.UTF8.GetBytes(json), deviceId, attributes);

    /// <inheritdoc cref="Send(string, string?, IReadOnlyDictionary{string, string}?)"/>
    public string Send(ReadOnlyMemory<byte> body, string? deviceId = null, IReadOnlyDictionary<string, string>? attributes = null)
    {
        var id = $"device-{_next()}";
        foreach (var reader in Readers)
        {
            reader.Add(new LocalMessage(id, body, attributes, _time.GetUtcNow(), new DeviceOrigin(deviceId, Topic)));
        }

        return id;
    }
}
