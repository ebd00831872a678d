namespace Portable.Workflows.Tests.Language;

/// <summary>A workflow around statements as a team would write them: types, steps and helpers to use in them.</summary>
internal static class ProbeSource
{
    /// <summary>The types, which all workflows share.</summary>
    public const string Types = """
        using Portable;
        using System.Text.Json.Serialization;
        namespace App;

        public enum Level { Low, Medium, High }
        [JsonConverter(typeof(JsonStringEnumConverter<Status>))] public enum Status { Open, Paid, Shipped }
        public sealed record Address(string City, string? Street, string Country);
        public sealed record Line(string Sku, int Quantity, decimal Price)
        {
            public decimal Total => Price * Quantity;
            public decimal Gross => Total * 1.19m + (IsLarge() ? 1 : 0);
            public bool IsLarge() => Quantity > 10;
            public Line Doubled() => this with { Quantity = Quantity * 2 };
        }
        public sealed record Answer(string Status, int RetryAfterSeconds, TimeSpan Wait, int Attempts, string? Error, IReadOnlyList<string> Tags);
        public sealed record Order(
            string Id, int Count, long Cents, decimal Price, double Weight, bool Express, string? Note, int? Limit, Level Level, Status Status, DateTimeOffset DueAt, DateTimeOffset? PaidAt,
            TimeSpan Patience, TimeSpan? Grace, Guid Key, Address Address, Address? Billing, List<Line> Lines, string[] Tags, Dictionary<string, int> Stock, IReadOnlyDictionary<string, string> Labels);
        public sealed record Problem(string Field, int Row);
        public sealed record Result(string Text, int Count = 0);
        public sealed class Settings { public int Most { get; set; } public string Name { get; set; } = ""; public Address? Home { get; set; } }
        public interface IPayments { Task<string> ChargeAsync(string id); int Fee(int cents); }
        public static class Fees
        {
            public const int Flat = 5;
            public static readonly decimal Rate = 0.19m;
            public static readonly string[] Countries = ["de", "fr"];
            public static readonly TimeSpan Pause = TimeSpan.FromMinutes(3);
            public static int Twice(int n) => n * 2;
            public static decimal Of(Order order) { var sum = 0m; foreach (var line in order.Lines) { sum += line.Price; } return sum * Rate; }
            public static int Rolled(int n) => n + Random.Shared.Next();
            public static int Counter;
            public static int Next() => ++Counter;
        }
        public static class OrderExtensions
        {
            public static bool IsHome(this Order order) => order.Address.Country == "de";
        }

        """;

    private const string Before = """
        public sealed class W(IPayments payments)
        {
            private const int Limit = 10;
            private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
            private static readonly decimal Vat = 0.19m;
            private static readonly string[] Codes = ["A", "B"];
            private readonly int _most = 5;
            private int _seen;

            [Workflow("{0}")]
            public async Task<Result> Run(IWorkflow flow, Order order)
            {

        """;

    private const string After = """

                return new Result("end");
            }

            [Step] public Task<Answer> Ask(string text) => throw new InvalidOperationException();
            [Step] public Task<string> Name(string text) => Task.FromResult(text);
            [Step] public Task<int> Count(int number) => Task.FromResult(number);
            [Step] public Task<TimeSpan> Pick(string text) => Task.FromResult(TimeSpan.FromSeconds(1));
            [Step] public Task<DateTimeOffset> When(string text) => Task.FromResult(DateTimeOffset.UnixEpoch);
            [Step] public Task<IReadOnlyList<Line>> Find() => Task.FromResult<IReadOnlyList<Line>>([]);
            [Step] public Task<Line?> Seek(string sku) => Task.FromResult<Line?>(null);
            [Step] public Task Log(string text) => Task.CompletedTask;
            [Step] public Task<Result> Work(Line line) => Task.FromResult(new Result(line.Sku));
            [Step] public Task<string> Charge(Order order) => payments.ChargeAsync(order.Id);
            [Step] public Task Stop() => Task.CompletedTask;
            public Task<string> NotAStep(string text) => Task.FromResult(text);
            public string Plain(string text) => text + _most;
            private string Trimmed(string text) => text.Trim();
            private static Line Wrap(List<string> names) => new(string.Join(",", names), names.Count, 0);
            private static Settings Keep(List<string> names) => new() { Name = names[0] };
            private static int Half(int n) => n / 2;
            private static string Shout(string text) { var loud = text.ToUpperInvariant(); return loud + "!"; }
            private static bool IsLate(Order order, DateTimeOffset now) => order.DueAt < now;
            private async Task<string> Greet(IWorkflow flow, string name) { var answer = await flow.Step(Name, name); return answer + "!"; }
            private async Task Settle(IWorkflow flow) => await flow.Step(Stop);
            private static void Note(string text) { }
        
        """;

    /// <summary>The workflow of that name with these statements in <c>Run(IWorkflow flow, Order order)</c>, which returns a <c>Result</c>. Its class is alone in a namespace.</summary>
    public static string With(string name, string statements, string members = "") =>
        $"using Portable;\nnamespace App.{name.ToUpperInvariant()};\n{Before.Replace("{0}", name, StringComparison.Ordinal)}{statements}{After}{members}\n}}\n";
}
