using System.Globalization;

namespace Portable.Benchmarks.Drill;

/// <summary>What is expected of a message.</summary>
internal enum Fate
{
    /// <summary>It is handled once.</summary>
    Handled,

    /// <summary>It is handled once, after failures perhaps.</summary>
    HandledInTheEnd,

    /// <summary>It is given up after its last attempt.</summary>
    GivenUp,

    /// <summary>It can never be read.</summary>
    Poison,
}

/// <summary>A message of the drill.</summary>
internal sealed record Parcel(string Id, string Body, Fate Fate)
{
    /// <summary>Messages in a random order: 1 in 200 poison, 1 in 200 that always fails, 1 in 20 that fails at first.</summary>
    public static IReadOnlyList<Parcel> Make(int count, Random random)
    {
        var parcels = Enumerable.Range(0, count).Select(static i =>
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"m-{i}");
            return (i % 200) switch
            {
                7 => new Parcel(id, $"{{\"id\":\"{id}\",\"kind\":", Fate.Poison),
                107 => new Parcel(id, Json(id, "bad"), Fate.GivenUp),
                var n when n % 20 == 3 => new Parcel(id, Json(id, "flaky"), Fate.HandledInTheEnd),
                _ => new Parcel(id, Json(id, "ok"), Fate.Handled),
            };
        }).ToArray();
        random.Shuffle(parcels);
        return parcels;
    }

    private static string Json(string id, string kind) => $"{{\"id\":\"{id}\",\"kind\":\"{kind}\"}}";
}
