using System.Collections.Immutable;
using Portable.Workflows.Tests.Differential;

namespace Portable.Workflows.Tests.Language;

/// <summary>What the language table says is native or lifted does the same on all four engines.</summary>
public sealed partial class EngineTests
{
    private static readonly int[] s_seeds = [1, 2, 3, 4, 5, 6, 7, 8];

    private static readonly ImmutableDictionary<string, string> s_fixed = ImmutableDictionary<string, string>.Empty
        .Add("Pick", "\"00:01:30\"").Add("When", "\"2026-03-01T10:00:00+01:00\"").Add("Levels", "{\"a\":1,\"b\":2}").Add("Read", "{\"level\":\"High\",\"on\":\"2026-03-01\",\"wait\":\"01:00:00\",\"stock\":{\"x\":3,\"y\":4}}");

    private static readonly ImmutableArray<Fault>[] s_faults =
    [
        [],
        [new("Charge", 2, "Busy", "try later", null), new("Name", 1, "Http503", "not now", null)],
        [new("Charge", int.MaxValue, "Declined", "no", "{\"field\":\"card\",\"row\":4}"), new("Count", 1, "Busy", "busy", null)],
        [new("Stop", 1, "Http500", "down", null), new("Name", int.MaxValue, "A", "no name", null)],
    ];

    private static readonly Lazy<IReadOnlyList<(Subject? Subject, string? Problem)>> s_subjects = new(() =>
        Batch.Compile([.. s_bodies.Select(static (body, index) => new Candidate(Source($"L{index}", body), [$"L{index}"]))], CancellationToken.None));

    public static TheoryData<int, string> Rows => [.. s_bodies.Select(static (body, index) => (index, body))];

    [Theory, MemberData(nameof(Rows))]
    public async Task Does_the_same_everywhere(int index, string body)
    {
        var (subject, problem) = s_subjects.Value[index];
        Assert.True(subject is not null, $"{body}\n{problem}");
        foreach (var seed in s_seeds)
        {
            var input = Values.Json(Ty.Order, new Random(seed))!;
            foreach (var faults in s_faults)
            {
                var situation = new Situation(seed, input.ToJsonString(), faults, s_fixed);
                var difference = await Comparison.RunAsync(subject, situation, TestContext.Current.CancellationToken);
                Assert.True(difference is null, $"{body}\n{difference}\n{situation}\n{(difference?.Engine == "Google Workflows" ? subject.Yaml : subject.Asl)}");
            }
        }
    }

    private static string Source(string name, string body) => $$"""
        using Portable;
        using Generated.Types;
        using System.Text.Json.Serialization;
        namespace Generated
        {
            public sealed class {{name}}
            {
                public const int Limit = 3;
                private static readonly string[] Codes = ["Busy", "A"];
                private static readonly decimal Vat = 0.19m;
                private static readonly TimeSpan Pause = TimeSpan.FromMinutes(2);

                [JsonConverter(typeof(JsonStringEnumConverter<Level>))] public enum Level { Low, High }
                public sealed record Trouble([property: JsonPropertyName("field")] string Field, [property: JsonPropertyName("row")] int Row);
                public sealed record Reading(
                    [property: JsonPropertyName("level")] Level Level, [property: JsonPropertyName("on")] DateOnly On, [property: JsonPropertyName("wait")] TimeSpan Wait, [property: JsonPropertyName("stock")] Dictionary<string, int> Stock);

                [Workflow("w-{{name.ToLowerInvariant()}}")]
                public async Task<Report> Run(IWorkflow flow, Order order)
                {
                    {{body}}
                    return Told("end", 0);
                }

                private static Report Told(string text, int number = 0, bool flag = false) => new(text, number, 0, flag, null, null, null, [], [], []);
                [Step] public Task<string> Name(string text) => Task.FromResult(text);
                [Step] public Task<int> Count(int number) => Task.FromResult(number);
                [Step] public Task<Item?> Seek(string text) => Task.FromResult<Item?>(null);
                [Step, Retry(MaxAttempts = 2, IntervalSeconds = 1)] public Task<string> Charge(Order order) => Task.FromResult("");
                [Step] public Task Stop() => Task.CompletedTask;
                [Step] public Task<TimeSpan> Pick(string text) => Task.FromResult(TimeSpan.Zero);
                [Step] public Task<DateTimeOffset> When(string text) => Task.FromResult(DateTimeOffset.UnixEpoch);
                [Step] public Task<Reading> Read(string text) => throw new InvalidOperationException();
                private async Task<string> Greet(IWorkflow flow, string name) { var answer = await flow.Step(Name, name); return answer + "!"; }
                private async Task Settle(IWorkflow flow, int times) { for (var i = 0; i < times; i++) { await flow.Step(Stop); } }
                private static int Half(int n) => n / 2;
                private static string Shout(string text) { var loud = text.ToUpperInvariant(); return loud + "!"; }
            }
        }
        """;
}
