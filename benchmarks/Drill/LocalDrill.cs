using System.Text.RegularExpressions;
using Portable.Drill.Worker;
using Portable.Local;

namespace Portable.Benchmarks.Drill;

/// <summary>The local host, with eight deliveries at a time. Its messages live and die with the process, so that nothing is killed here.</summary>
internal static partial class LocalDrill
{
    public static async Task<int> RunAsync(IReadOnlyList<Parcel> parcels, LedgerServer ledger, string store, Random random)
    {
        await using var app = DrillApplication.Create(ledger, store);
        await using var host = await LocalHost.StartAsync(app, new LocalHostOptions { Url = "http://127.0.0.1:0", Concurrency = 8 });
        var queue = host.Queue("shipments");
        var sends = parcels.SelectMany(parcel => Enumerable.Repeat(parcel, random.Next(20) == 0 ? 2 : 1)).ToArray();
        random.Shuffle(sends);
        foreach (var parcel in sends)
        {
            queue.Send(System.Text.Encoding.UTF8.GetBytes(parcel.Body), delay: random.Next(20) == 0 ? TimeSpan.FromMilliseconds(random.Next(1000)) : default);
        }

        await queue.WhenEmptyAsync();
        foreach (var letter in queue.DeadLetters)
        {
            ledger.Write($"dead {Id().Match(System.Text.Encoding.UTF8.GetString(letter.Body.Span)).Value} {letter.Reason}");
        }

        return sends.Length - parcels.Count;
    }

    [GeneratedRegex("m-[0-9]+")]
    private static partial Regex Id();
}
