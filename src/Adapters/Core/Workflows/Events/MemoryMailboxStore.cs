using System.Globalization;

namespace Portable.Runtime;

/// <summary>Mailboxes in memory: for tests and for one process.</summary>
public sealed class MemoryMailboxStore : IMailboxStore
{
    private readonly Dictionary<string, (string Json, int Version)> _boxes = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<StoredMailbox?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        lock (_boxes)
        {
            return new(_boxes.TryGetValue(key, out var box) ? new StoredMailbox(box.Json, box.Version.ToString(CultureInfo.InvariantCulture)) : null);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> WriteAsync(string key, string json, string? expectedVersion, CancellationToken cancellationToken)
    {
        lock (_boxes)
        {
            var current = _boxes.TryGetValue(key, out var box) ? box.Version.ToString(CultureInfo.InvariantCulture) : null;
            if (current != expectedVersion)
            {
                return new(false);
            }

            _boxes[key] = (json, box.Version + 1);
            return new(true);
        }
    }
}
