//// text of an order
// property: PublishAot=true
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
namespace Shop;

public static class Printing
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public static string Print(Order order) => [|JsonSerializer.Serialize(order)|];
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

//// an order of a text
// property: PublishAot=true
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
namespace Shop;

public sealed class Printing(ILogger<Printing> logger)
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public string Print(string text)
    {
        var order = [|JsonSerializer.Deserialize<Order>(text, new JsonSerializerOptions { PropertyNameCaseInsensitive = true })|];
        logger.LogInformation("order {Id}", order?.Id);
        return order?.Id ?? "";
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

//// an answer over http
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
        [|http.GetFromJsonAsync<Receipt>($"https://shop.example/{id}", cancellationToken)|];
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

//// content that is read
// property: PublishAot=true
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
namespace Shop;

public sealed class Printing(HttpClient http)
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public async Task<string> Find(string id, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync($"https://shop.example/{id}", cancellationToken);
        response.EnsureSuccessStatusCode();
        var receipt = await [|response.Content.ReadFromJsonAsync<Receipt>(cancellationToken)|];
        return receipt!.Status;
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

//// bytes in a helper of a native host
// property: PortableHosting=native
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
namespace Shop;

public static class Printing
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public static int Size(Order order) => Bytes(order.Lines).Length;

    private static byte[] Bytes(OrderLine[] lines) => [|JsonSerializer.SerializeToUtf8Bytes(lines)|];
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

//// newtonsoft in a step
// library: Newtonsoft.Json
// property: PublishAot=true
using System.Net.Http.Json;
using Newtonsoft.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
namespace Shop;

public sealed class Printing
{
    [Step]
    public Task<string> Print(Order order) => Task.FromResult([|JsonConvert.SerializeObject(order)|]);
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

//// a stream that is trimmed
// property: PublishTrimmed=true
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
namespace Shop;

public static class Printing
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public static async Task<int> Size(Order order, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream();
        await [|JsonSerializer.SerializeAsync(stream, order, cancellationToken: cancellationToken)|];
        return (int)stream.Length;
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
