using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Portable.AspNet.Tests.Hosts;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Local;

/// <summary>A local host that is killed in the middle of a run, and started again.</summary>
public sealed class KillTests : IDisposable
{
    private const string Run = "/_portable/workflows/notes/runs/run-1";
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "portable-kill-" + Guid.NewGuid().ToString("n"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [Supports("Goes on after a crash", "Local")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Killed_in_the_middle_of_steps_the_run_completes_and_every_finished_step_ran_once(int seed)
    {
        Directory.CreateDirectory(_folder);
        var notes = Path.Combine(_folder, "notes");
        var random = new Random(seed);
        var expected = JournalApp.Inputs.ToDictionary(input => input, _ => 1);

        // Each process stands still at a random point of a step, after its beginning or before its end, and is killed there.
        foreach (var input in JournalApp.Inputs.Where(_ => random.Next(2) == 0))
        {
            var atEnd = random.Next(2) == 0;
            if (await StandsStillAsync(notes, $"{(atEnd ? "end" : "begin")} {input}"))
            {
                expected[input] += atEnd ? 1 : 0; // it had done its work, which nobody could know: at least once
            }
        }

        Assert.False(await StandsStillAsync(notes, hold: ""));

        var lines = await File.ReadAllLinesAsync(notes, Token);
        foreach (var (input, times) in expected)
        {
            // A step beside the one that stood still may have been cut off as well; whatever had finished was not run again.
            var ends = lines.Count(line => line == "end " + input);
            Assert.True(ends == times || (ends == times + 1 && input is "B0" or "B1" or "C" or "M0" or "M1" or "M2" or "M3"), $"{input} ended {ends} times, {times} expected:\n{string.Join('\n', lines)}");
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>One life of the host: until it is killed where it stands still, or until the run is done.</summary>
    private async Task<bool> StandsStillAsync(string notes, string hold)
    {
        var environment = new Dictionary<string, string> { [JournalApp.NotesVariable] = notes, [JournalApp.HoldVariable] = hold };
        var (host, http) = await HostProcess.ServeAsync(environment, "journal", "--port", "0", "--journal", Path.Combine(_folder, "runs.db"));
        await using (host) // which kills it
        using (http)
        {
            var entered = host.WhenEnteredAsync();
            await StartAsync(http);
            while (!entered.IsCompleted)
            {
                var run = await http.GetFromJsonAsync<JsonElement>(Run, Token);
                if (run.GetProperty("status").GetString() != "running")
                {
                    Assert.Equal("\"ab0b1yescm0m1m2m3xz\"", run.GetProperty("output").GetRawText());
                    return false;
                }
            }

            return true;
        }
    }

    private static async Task StartAsync(HttpClient http)
    {
        using var started = await http.PostAsync("/_portable/workflows/notes/runs?id=run-1", new StringContent("\"\""), Token);
        if (started.StatusCode == HttpStatusCode.Accepted)
        {
            using var raised = await http.PostAsync(Run + "/events/answer", new StringContent("\"yes\""), Token);
            Assert.Equal(HttpStatusCode.Accepted, raised.StatusCode);
        }
        else
        {
            Assert.Equal(HttpStatusCode.Conflict, started.StatusCode);
        }
    }
}
