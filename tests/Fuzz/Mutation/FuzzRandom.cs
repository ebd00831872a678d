namespace Portable.Fuzz;

/// <summary>SplitMix64: small, and the same numbers on every runtime for ever, so that a seed printed today still finds its event tomorrow.</summary>
public sealed class FuzzRandom(ulong state)
{
    private ulong _state = state;

    /// <summary>The generator of one event of one target.</summary>
    public static FuzzRandom For(int seed, string target, long index)
    {
        var hash = 14695981039346656037UL; // FNV-1a
        foreach (var letter in target)
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        return new FuzzRandom(hash ^ ((ulong)(uint)seed << 32) ^ (ulong)index * 0x9E3779B97F4A7C15UL);
    }

    /// <summary>A number from 0 up to, not including, the limit; 0 when the limit is 0.</summary>
    public int Next(int limit) => limit <= 1 ? 0 : (int)(NextUInt64() % (uint)limit);

    /// <summary>Whether something happens that happens so many times in a hundred.</summary>
    public bool Percent(int percent) => Next(100) < percent;

    /// <summary>One of these.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    private ulong NextUInt64()
    {
        var z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
