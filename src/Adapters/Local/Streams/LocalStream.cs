using System.Text;
using Portable.Runtime;

namespace Portable.Local;

/// <summary>
/// A stream in memory. Records of one partition key stay in order; every function that reads the stream has its own place in each partition and goes on
/// behind a record when it is handled or given up.
/// </summary>
public sealed class LocalStream
{
    /// <summary>How many partitions a stream has; records of one key share one.</summary>
    public const int Partitions = 4;

    private readonly TimeProvider _time;
    private readonly object _gate = new();
    private long _sequence;

    internal LocalStream(string name, IReadOnlyList<LocalSource> readers, TimeProvider time)
    {
        Name = name;
        Readers = readers;
        _time = time;
    }

    /// <summary>The name of the stream.</summary>
    public string Name { get; }

    /// <summary>The functions that read it.</summary>
    public IReadOnlyList<LocalSource> Readers { get; }

    /// <summary>Puts a record.</summary>
    /// <param name="json">The body.</param>
    /// <param name="partitionKey">What the order holds within.</param>
    /// <param name="attributes">Attributes beside the body.</param>
    /// <returns>Its sequence number.</returns>
    public string Put(string json, string partitionKey, IReadOnlyDictionary<string, string>? attributes = null) => Put(Encoding.UTF8.GetBytes(json), partitionKey, attributes);

    /// <inheritdoc cref="Put(string, string, IReadOnlyDictionary{string, string}?)"/>
    public string Put(ReadOnlyMemory<byte> body, string partitionKey, IReadOnlyDictionary<string, string>? attributes = null)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        var partition = PartitionOf(partitionKey);
        lock (_gate) // all readers see the same order
        {
            // Twenty digits, so that the order of the texts is that of the numbers.
            var number = $"{++_sequence:D20}";
            foreach (var reader in Readers)
            {
                reader.Add(new LocalMessage($"{Name}-{partition}-{number}", body, attributes, _time.GetUtcNow(), new StreamPosition(partitionKey, number), partition));
            }

            return number;
        }
    }

    // FNV-1a: the same in every process, unlike the hash codes of strings.
    private static string PartitionOf(string key)
    {
        var hash = 2166136261u;
        foreach (var c in key)
        {
            hash = (hash ^ c) * 16777619u;
        }

        return (hash % Partitions).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
