//// json by reflection where a runtime compiles
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
namespace Shop;

public static class Printing
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public static string Print(Order order) => JsonSerializer.Serialize(order);
}

//// json by contract
// property: PublishAot=true
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
namespace Shop;

public static class Printing
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public static string Print(Order order) => JsonSerializer.Serialize(order, ShopJson.Default.Order);
}

[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Receipt))]
internal sealed partial class ShopJson() : JsonSerializerContext(null)
{
    public static ShopJson Default { get; } = new();

    public JsonTypeInfo<Order> Order => null!;

    public JsonTypeInfo<Receipt> Receipt => null!;

    protected override JsonSerializerOptions? GeneratedSerializerOptions => null;

    public override JsonTypeInfo? GetTypeInfo(Type type) => null;
}

//// options with a resolver
// property: PublishAot=true
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
namespace Shop;

public static class Printing
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { TypeInfoResolver = ShopJson.Default };

    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public static string Print(Order order) => JsonSerializer.Serialize(order, Options);
}

[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Receipt))]
internal sealed partial class ShopJson() : JsonSerializerContext(null)
{
    public static ShopJson Default { get; } = new();

    public JsonTypeInfo<Order> Order => null!;

    public JsonTypeInfo<Receipt> Receipt => null!;

    protected override JsonSerializerOptions? GeneratedSerializerOptions => null;

    public override JsonTypeInfo? GetTypeInfo(Type type) => null;
}

//// injected options
// property: PublishAot=true
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
namespace Shop;

public sealed class Printing(JsonSerializerOptions options)
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public string Print(Order order) => JsonSerializer.Serialize(order, options);
}

[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Receipt))]
internal sealed partial class ShopJson() : JsonSerializerContext(null)
{
    public static ShopJson Default { get; } = new();

    public JsonTypeInfo<Order> Order => null!;

    public JsonTypeInfo<Receipt> Receipt => null!;

    protected override JsonSerializerOptions? GeneratedSerializerOptions => null;

    public override JsonTypeInfo? GetTypeInfo(Type type) => null;
}

//// the contract by type
// property: PublishAot=true
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
namespace Shop;

public static class Printing
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public static string Print(Order order)
    {
        var contract = (JsonTypeInfo<Order>)ShopJson.Default.GetTypeInfo(typeof(Order))!;
        return JsonSerializer.Serialize(order, contract);
    }
}

[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Receipt))]
internal sealed partial class ShopJson() : JsonSerializerContext(null)
{
    public static ShopJson Default { get; } = new();

    public JsonTypeInfo<Order> Order => null!;

    public JsonTypeInfo<Receipt> Receipt => null!;

    protected override JsonSerializerOptions? GeneratedSerializerOptions => null;

    public override JsonTypeInfo? GetTypeInfo(Type type) => null;
}

//// a document needs no contract
// property: PublishAot=true
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
namespace Shop;

public static class Printing
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public static string Print(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.GetProperty("id").GetString() ?? "";
    }
}

[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Receipt))]
internal sealed partial class ShopJson() : JsonSerializerContext(null)
{
    public static ShopJson Default { get; } = new();

    public JsonTypeInfo<Order> Order => null!;

    public JsonTypeInfo<Receipt> Receipt => null!;

    protected override JsonSerializerOptions? GeneratedSerializerOptions => null;

    public override JsonTypeInfo? GetTypeInfo(Type type) => null;
}

//// a writer needs no contract
// property: PublishAot=true
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
namespace Shop;

public static class Printing
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public static string Print(Order order)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("id", order.Id);
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}

[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Receipt))]
internal sealed partial class ShopJson() : JsonSerializerContext(null)
{
    public static ShopJson Default { get; } = new();

    public JsonTypeInfo<Order> Order => null!;

    public JsonTypeInfo<Receipt> Receipt => null!;

    protected override JsonSerializerOptions? GeneratedSerializerOptions => null;

    public override JsonTypeInfo? GetTypeInfo(Type type) => null;
}

//// an answer over http by contract
// property: PublishAot=true
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
namespace Shop;

public sealed class Printing(HttpClient http)
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public Task<Receipt?> Find(string id, CancellationToken cancellationToken) =>
        http.GetFromJsonAsync($"https://shop.example/{id}", ShopJson.Default.Receipt, cancellationToken);
}

[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Receipt))]
internal sealed partial class ShopJson() : JsonSerializerContext(null)
{
    public static ShopJson Default { get; } = new();

    public JsonTypeInfo<Order> Order => null!;

    public JsonTypeInfo<Receipt> Receipt => null!;

    protected override JsonSerializerOptions? GeneratedSerializerOptions => null;

    public override JsonTypeInfo? GetTypeInfo(Type type) => null;
}

//// a serializer of the project's own
// property: PublishAot=true
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
namespace Shop;

public static class JsonSerializer
{
    public static string Serialize<T>(T value) => value?.ToString() ?? "";
}

public static class Printing
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public static string Print(Order order) => JsonSerializer.Serialize(order);
}

[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Receipt))]
internal sealed partial class ShopJson() : JsonSerializerContext(null)
{
    public static ShopJson Default { get; } = new();

    public JsonTypeInfo<Order> Order => null!;

    public JsonTypeInfo<Receipt> Receipt => null!;

    protected override JsonSerializerOptions? GeneratedSerializerOptions => null;

    public override JsonTypeInfo? GetTypeInfo(Type type) => null;
}

//// newtonsoft where a runtime compiles
// library: Newtonsoft.Json
using Newtonsoft.Json;
namespace Shop;

public static class Printing
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public static string Print(Order order) => JsonConvert.SerializeObject(order);
}

//// a json tool beside the functions
// property: PublishAot=true
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
namespace Shop;

public static class Export
{
    public static void Run(Order order) => File.WriteAllText("order.json", JsonSerializer.Serialize(order));
}

public static class Printing
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public static string Print(Order order) => order.Id;
}

[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Receipt))]
internal sealed partial class ShopJson() : JsonSerializerContext(null)
{
    public static ShopJson Default { get; } = new();

    public JsonTypeInfo<Order> Order => null!;

    public JsonTypeInfo<Receipt> Receipt => null!;

    protected override JsonSerializerOptions? GeneratedSerializerOptions => null;

    public override JsonTypeInfo? GetTypeInfo(Type type) => null;
}

//// extensions of a contract's options
// property: PublishAot=true
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
namespace Shop;

public static class Printing
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public static string Print(Order order) => JsonSerializer.Serialize(order, typeof(Order), ShopJson.Default);
}

[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Receipt))]
internal sealed partial class ShopJson() : JsonSerializerContext(null)
{
    public static ShopJson Default { get; } = new();

    public JsonTypeInfo<Order> Order => null!;

    public JsonTypeInfo<Receipt> Receipt => null!;

    protected override JsonSerializerOptions? GeneratedSerializerOptions => null;

    public override JsonTypeInfo? GetTypeInfo(Type type) => null;
}
