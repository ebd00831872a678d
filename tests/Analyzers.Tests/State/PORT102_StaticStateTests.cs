using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.State;

public sealed class PORT102_StaticStateTests
{
    private const string Members = """
        private static readonly Dictionary<string, Order> Cache = new();
        private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> Counts = new();
        private static readonly System.Collections.Concurrent.ConcurrentDictionary<Type, string> Names = new();
        private static readonly AsyncLocal<string?> Flow = new();
        [ThreadStatic] private static string? _scratch;
        private static readonly int[] Slots = new int[8];
        private static string? _region;
        private static int _count;
        public static Order? Last { get; set; }
        """;

    [Theory]
    [InlineData("[|_count|]++;", "'Handle' writes the static 'OrderFunctions._count': ")]
    [InlineData("[|Last|] = order;", "'OrderFunctions.Last'")]
    [InlineData("[|Cache[order.Id]|] = order;", "changes the static collection 'OrderFunctions.Cache'")]
    [InlineData("[|Counts.AddOrUpdate(order.Id, 1, (_, n) => n + 1)|];", "'OrderFunctions.Counts'")]
    [InlineData("[|Slots[1]|] = order.Cents;", "'OrderFunctions.Slots'")]
    [InlineData("[|_region|] ??= order.CustomerId;", null)]
    [InlineData("[|Shop.Audit.Last|] = order.Id;", "'Audit.Last'")]
    [InlineData("[|Shop.Audit.Note(order.Id)|];", "changes the static collection 'Audit.Entries' through 'Audit.Note': ")]
    [InlineData("[|Shop.Audit.Deep(order.Id)|];", "through 'Audit.Note'")]
    public Task Static_state_is_changed(string statement, string? message) => Check.Reports("PORT102", Source(statement), message);

    [Theory]
    [InlineData("_region ??= Environment.GetEnvironmentVariable(\"REGION\");")]
    [InlineData("if (_region == null) { _region = \"eu\"; }")]
    [InlineData("Interlocked.Increment(ref _count);")]
    [InlineData("Names.GetOrAdd(order.GetType(), static type => type.Name);")]
    [InlineData("_scratch = order.Id;")]
    [InlineData("Flow.Value = order.Id;")]
    [InlineData("if (Cache.Count < 100) { Cache[order.Id] = order; }")]
    [InlineData("Console.WriteLine(Cache.ContainsKey(order.Id));")]
    [InlineData("Shop.Audit.Deeper(order.Id);")] // one call too far down
    [InlineData("Shop.Audit.Pure(order.Id);")]
    public Task No_static_state_is_changed(string statement) => Check.Silent(Source(statement));

    [Fact]
    public Task State_of_another_class_is_reported_once_per_method() => Check.Reports("PORT102", Source("[|Shop.Audit.Note(order.Id)|]; Shop.Audit.Note(\"again\");"));

    [Fact]
    public Task A_helper_of_the_handler_class_speaks_for_itself() => Check.Reports("PORT102", HandlerSource.With("Note(order);", "private static string? _last;\nprivate static void Note(Order order) => [|_last|] = order.Id;"));

    [Fact]
    public Task Code_that_no_handler_calls_may() => Check.Silent(HandlerSource.Beside("public static class Counter { private static int _count; public static void Add() => _count++; }"));

    [Fact]
    public Task A_static_constructor_may() => Check.Silent(HandlerSource.With("", "private static readonly Dictionary<string, int> Table = new();\nstatic OrderFunctions() { Table[\"a\"] = 1; }"));

    private static string Source(string statement) => HandlerSource.With(statement, Members) + """


        public static class Audit
        {
            private static readonly List<string> Entries = [];
            public static string? Last { get; set; }
            public static void Note(string id) => Entries.Add(id);
            public static void Two(string id) => Note(id);
            public static void Deep(string id) => Two(id);
            public static void Deeper(string id) => Deep(id);
            public static int Pure(string id) => id.Length;
        }
        """;
}
