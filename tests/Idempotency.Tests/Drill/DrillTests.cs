using System.Diagnostics;

namespace Portable.Idempotency.Tests.Drill;

/// <summary>Processes that are killed, late, wrong about the time and all at once, with every store that processes share.</summary>
[Collection("drill")]
public sealed class DrillTests(Servers.Servers servers) : IDisposable
{
    private const int Processes = 8;
    private const int Duplicates = 1000;
    private readonly DirectoryInfo _effects = Directory.CreateTempSubdirectory("portable-drill-");

    public static TheoryData<string> Stores => [.. Servers.Servers.Shared];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_thousand_duplicates_in_eight_processes_have_one_effect_and_one_answer(string kind)
    {
        await using var crowd = await Crowd.StartAsync(servers, kind, _effects.FullName, Processes);

        await crowd.SendAsync("duplicate", "slow", Duplicates / Processes);
        var answers = await crowd.AnswersAsync();

        Assert.Equal(Duplicates, answers.Count);
        Assert.Equal(201, Assert.Single(answers.Distinct()).Status);
        Assert.Single(Effects("duplicate"));

        // A failure gives the key back: a process that failed leaves the work to the next, whichever that is.
        await crowd.Members[0].SendAsync("failing", "fail", 1);
        Assert.Equal(500, Assert.Single(await crowd.Members[0].AnswersAsync()).Status);
        await crowd.SendAsync("failing", "work", 2);
        Assert.Equal(201, Assert.Single((await crowd.AnswersAsync()).Distinct()).Status);
        Assert.Equal(2, Effects("failing").Length);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Killed_in_the_middle_the_next_runs_after_the_lease_and_not_before(string kind)
    {
        const int lease = 3;
        await using var crowd = await Crowd.StartAsync(servers, kind, _effects.FullName, 3);
        var start = Stopwatch.StartNew();
        await crowd.Members[0].SendAsync("killed", "hang", 1, lease);
        await crowd.Members[0].WhenEnteredAsync();
        await crowd.Members[0].KillAsync();
        Assert.Single(Effects("killed"));

        // Both wait; one of them does it when the lease has ended, and the other has its answer.
        await crowd.Members[1].SendAsync("killed", "work", 10);
        await crowd.Members[2].SendAsync("killed", "work", 10);
        Answer[] answers = [.. await crowd.Members[1].AnswersAsync(), .. await crowd.Members[2].AnswersAsync()];

        Assert.True(start.Elapsed >= TimeSpan.FromSeconds(lease), $"It ran after {start.Elapsed}, within the lease.");
        Assert.True(start.Elapsed < TimeSpan.FromSeconds(lease + 20), $"It ran after {start.Elapsed}, long after the lease.");
        Assert.Equal(20, answers.Length);
        Assert.Equal(201, Assert.Single(answers.Distinct()).Status);
        Assert.Equal(2, Effects("killed").Length);
    }

    public void Dispose() => _effects.Delete(recursive: true);

    private FileInfo[] Effects(string key) => _effects.GetFiles(key + ".*");

    /// <summary>Processes whose clocks are five minutes behind and ahead by turns.</summary>
    private sealed class Crowd(IReadOnlyList<DrillProcess> members) : IAsyncDisposable
    {
        public IReadOnlyList<DrillProcess> Members { get; } = members;

        public static async Task<Crowd> StartAsync(Servers.Servers servers, string kind, string folder, int count)
        {
            var address = servers.AddressOf(kind);
            return new Crowd(await Task.WhenAll(Enumerable.Range(0, count).Select(i => DrillProcess.StartAsync(kind, address, folder, i % 2 == 0 ? -300 : 300))));
        }

        public Task SendAsync(string key, string mode, int count) => Task.WhenAll(Members.Select(member => member.SendAsync(key, mode, count)));

        public async Task<IReadOnlyList<Answer>> AnswersAsync() => [.. (await Task.WhenAll(Members.Select(static member => member.AnswersAsync()))).SelectMany(static answers => answers)];

        public async ValueTask DisposeAsync()
        {
            foreach (var member in Members)
            {
                await member.DisposeAsync();
            }
        }
    }
}
