using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Size;

public sealed class PORT309_ReflectedJsonTests
{
    private const string Usings = "// property: PublishAot=true\nusing System.Net.Http.Json;\nusing System.Text.Json;\nusing System.Text.Json.Serialization;\nusing System.Text.Json.Serialization.Metadata;";

    // With the members that the framework's generator would write.
    private const string Context = """

        [JsonSerializable(typeof(Order))]
        [JsonSerializable(typeof(List<Order>))]
        [JsonSerializable(typeof(Dictionary<string, Order[]>), TypeInfoPropertyName = "ByCustomer")]
        internal sealed partial class OrdersJson() : JsonSerializerContext(null)
        {
            public static OrdersJson Default { get; } = new();
            public JsonTypeInfo<Order> Order => null!;
            public JsonTypeInfo<List<Order>> ListOrder => null!;
            public JsonTypeInfo<Dictionary<string, Order[]>> ByCustomer => null!;
            protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override JsonTypeInfo? GetTypeInfo(Type type) => null;
        }
        """;

    [Theory]
    [InlineData("Keep([|JsonSerializer.Serialize(order)|]);", "'Handle' calls JsonSerializer.Serialize for 'Order', which finds members by reflection, and that is compiled away with PublishAot or PublishTrimmed: give it the contract that OrdersJson has")]
    [InlineData("var copy = [|JsonSerializer.Deserialize<Order>(\"{}\")|];", "JsonSerializer.Deserialize")]
    [InlineData("var copy = [|JsonSerializer.Deserialize<Order>(\"{}\", new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true })|];", "JsonSerializer.Deserialize")]
    [InlineData("var copy = [|JsonSerializer.Deserialize<Order>(\"{}\", JsonSerializerOptions.Web)|];", "JsonSerializer.Deserialize")]
    [InlineData("var copy = [|JsonSerializer.Deserialize(\"{}\", typeof(Order))|];", "give it the JsonTypeInfo")]
    [InlineData("var found = await [|Http.GetFromJsonAsync<Uri>(\"https://shop.example\", ct)|];", "with [JsonSerializable(typeof(Uri))]")]
    [InlineData("using var response = await Http.GetAsync(\"https://shop.example\", ct);\nvar found = await [|response.Content.ReadFromJsonAsync<Order>(ct)|];", "HttpContent.ReadFromJsonAsync")]
    [InlineData("using var content = [|JsonContent.Create(order)|];", "JsonContent.Create")]
    public Task Json_is_read_and_written_by_reflection(string statements, string message) => Check.Reports("PORT309", With(statements), message);

    [Theory]
    [InlineData("[|JsonConvert.SerializeObject(order)|].ToString();")]
    [InlineData("_ = [|JsonConvert.DeserializeObject<Order>(\"\")|];")]
    [InlineData("_ = [|Newtonsoft.Json.Linq.JObject.FromObject(order)|];")]
    public Task Newtonsoft_knows_nothing_else(string statement) =>
        Check.Reports("PORT309", HandlerSource.With(statement, usings: "// library: Newtonsoft.Json\n// property: PortableHosting=native\nusing Newtonsoft.Json;"), "compiled away with native hosting: use System.Text.Json");

    [Theory]
    [InlineData("Keep(JsonSerializer.Serialize(order, OrdersJson.Default.Order));")]
    [InlineData("Keep(JsonSerializer.Serialize(order, Options));")]
    [InlineData("Keep(JsonSerializer.Serialize(order, new JsonSerializerOptions { TypeInfoResolver = OrdersJson.Default }));")]
    [InlineData("Keep(JsonSerializer.Serialize(order, typeof(Order), OrdersJson.Default));")]
    [InlineData("var found = await Http.GetFromJsonAsync(\"https://shop.example\", OrdersJson.Default.Order, ct);")]
    [InlineData("using var document = JsonDocument.Parse(\"{}\");")]
    public Task Json_is_read_and_written_by_contract(string statements) => Check.Silent(With(statements));

    [Fact]
    public Task With_a_runtime_compiler_reflection_is_there() => Check.Silent(With("Keep(JsonSerializer.Serialize(order));").Replace("PublishAot=true", "PublishAot=false", StringComparison.Ordinal));

    [Fact]
    public Task A_class_without_handlers_is_the_trimmer_s() => Check.Silent(With("") + "\n\npublic static class Tool { public static string Print(Order order) => JsonSerializer.Serialize(order); }");

    [Theory]
    [InlineData("Keep(JsonSerializer.Serialize(order));", "Keep(JsonSerializer.Serialize(order, OrdersJson.Default.Order));")]
    [InlineData("await JsonSerializer.SerializeAsync(Stream.Null, order, cancellationToken: ct);", "await JsonSerializer.SerializeAsync(Stream.Null, order, OrdersJson.Default.Order, cancellationToken: ct);")]
    [InlineData("await JsonSerializer.SerializeAsync(Stream.Null, order, options: null, ct);", "await JsonSerializer.SerializeAsync(Stream.Null, order, OrdersJson.Default.Order, ct);")]
    [InlineData("List<Order>? all = JsonSerializer.Deserialize<List<Order>>(\"[]\");", "List<Order>? all = JsonSerializer.Deserialize(\"[]\", OrdersJson.Default.ListOrder);")]
    [InlineData("var all = await Http.GetFromJsonAsync<Dictionary<string, Order[]>>(\"https://shop.example\", ct);", "var all = await Http.GetFromJsonAsync(\"https://shop.example\", OrdersJson.Default.ByCustomer, ct);")]
    [InlineData("using var response = await Http.GetAsync(\"https://shop.example\", ct);\nvar found = await response.Content.ReadFromJsonAsync<Order>();", "using var response = await Http.GetAsync(\"https://shop.example\", ct);\nvar found = await response.Content.ReadFromJsonAsync(OrdersJson.Default.Order);")]
    public Task Fix_gives_the_contract(string before, string after) => Fix.Changes("PORT309", With(before), With(after));

    [Fact]
    public Task Fix_for_all_reaches_calls_inside_of_calls() => Fix.Changes(
        "PORT309",
        With("var copy = JsonSerializer.Serialize(JsonSerializer.Deserialize<Order>(\"{}\")!);\nKeep(copy + JsonSerializer.Serialize<List<Order>>([order]));"),
        With("var copy = JsonSerializer.Serialize(JsonSerializer.Deserialize(\"{}\", OrdersJson.Default.Order)!, OrdersJson.Default.Order);\nKeep(copy + JsonSerializer.Serialize([order], OrdersJson.Default.ListOrder));"),
        all: true);

    [Theory]
    [InlineData("var found = JsonSerializer.Deserialize<Uri>(\"\");")] // no context names it
    [InlineData("var copy = JsonSerializer.Deserialize(\"{}\", typeof(Order));")]
    [InlineData("var copy = JsonSerializer.Deserialize<Order>(\"{}\", JsonSerializerOptions.Web);")] // the contract has options of its own
    public Task Fix_is_not_offered(string statement) => Fix.NotOffered("PORT309", With(statement));

    private static string With(string statements) => HandlerSource.With(
        statements,
        "private static void Keep(string text) => _ = text.Length;\nprivate static readonly HttpClient Http = new();\nprivate static readonly JsonSerializerOptions Options = new() { TypeInfoResolver = OrdersJson.Default };\n",
        usings: Usings) + "\n" + Context;
}
