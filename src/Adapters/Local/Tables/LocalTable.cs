using System.Globalization;
using System.Text;
using System.Text.Json;
using Portable.Runtime;

namespace Portable.Local;

/// <summary>
/// A table in memory that functions take the changes of, each with the row before and after, in order for each key. Writing what is there already changes
/// nothing and is no change, as in DynamoDB.
/// </summary>
public sealed class LocalTable
{
    private readonly TimeProvider _time;
    private readonly object _gate = new();
    private readonly SortedDictionary<string, string> _rows = new(StringComparer.Ordinal);
    private long _changes;

    internal LocalTable(string name, IReadOnlyList<LocalSource> readers, TimeProvider time)
    {
        Name = name;
        Readers = readers;
        _time = time;
    }

    /// <summary>The name of the table.</summary>
    public string Name { get; }

    /// <summary>The functions that take its changes.</summary>
    public IReadOnlyList<LocalSource> Readers { get; }

    /// <summary>The rows by their keys.</summary>
    public IReadOnlyDictionary<string, string> Rows
    {
        get
        {
            lock (_gate)
            {
                return new Dictionary<string, string>(_rows, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>Writes a row.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="json">The row, a JSON object.</param>
    /// <returns>Whether that changed anything.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="ArgumentException">It is no object, or the key is empty.</exception>
    public bool Put(string key, string json)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        using (var document = JsonDocument.Parse(json))
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new ArgumentException("A row is a JSON object.", nameof(json));
            }
        }

        lock (_gate)
        {
            var old = _rows.GetValueOrDefault(key);
            if (old == json)
            {
                return false;
            }

            _rows[key] = json;
            Raise(old is null ? TableChangeKind.Inserted : TableChangeKind.Modified, key, old, json);
            return true;
        }
    }

    /// <summary>Removes a row.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>Whether it was there.</returns>
    public bool Remove(string key)
    {
        lock (_gate)
        {
            if (!_rows.Remove(key, out var old))
            {
                return false;
            }

            Raise(TableChangeKind.Removed, key, old, null);
            return true;
        }
    }

    private void Raise(TableChangeKind kind, string key, string? old, string? @new)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{Name}-{++_changes}");
        var detail = new RowChanged(kind, key, Image(old), Image(@new));
        foreach (var reader in Readers)
        {
            reader.Add(new LocalMessage(id, default, null, _time.GetUtcNow(), detail, key));
        }
    }

    private static ReadOnlyMemory<byte> Image(string? row) => row is null ? default(ReadOnlyMemory<byte>) : Encoding.UTF8.GetBytes(row);
}
