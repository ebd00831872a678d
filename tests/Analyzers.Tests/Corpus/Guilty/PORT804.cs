//// a connection string in a constant
namespace Shop;

public static class Settings
{
    public const string Database = [|"Server=tcp:shop.database.internal,1433;Initial Catalog=shop;User ID=shop;Password=hunter2hunter2;Encrypt=True"|];
}

//// an access key of a cloud
namespace Shop;

public sealed record Credentials(string Id, string Region);

public static class Aws
{
    public static Credentials Current => new([|"AKIAJ7Q2ZV4M8XW3R5TN"|], "eu-west-1");
}

//// a key set on options
namespace Shop;

public sealed class PaymentOptions
{
    public string ApiKey { get; set; } = "";
}

public static class Payments
{
    public static PaymentOptions Live() => new() { ApiKey = [|"q7Zx1Lr9Vt4Kp2Bn8Wd3Yh6J"|] };
}

//// a header of every request
namespace Shop;

public sealed class Partner(HttpClient client)
{
    public void Prepare() => client.DefaultRequestHeaders.Add("x-api-key", [|"m3Xq8Zt1Lk6Vr9Bp2Wn7Dy4H"|]);
}

//// a broker with its password in the address
namespace Shop;

public static class Broker
{
    private static readonly Uri Address = new([|"amqps://shop:n0tAnyMore@broker.internal/orders"|]);

    public static string Host => Address.Host;
}

//// a private key
namespace Shop;

public static class Signing
{
    public static string Pem => [|"""
        -----BEGIN PRIVATE KEY-----
        MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDmadeupmadeup
        -----END PRIVATE KEY-----
        """|];
}

//// an interpolated connection string
namespace Shop;

public static class Database
{
    public static string Of(string name) => $"Server=db.internal;Database={name}[|;User Id=shop;Password=hunter2hunter2|]";
}

//// a token in a handler
namespace Shop;

public static class Hooks
{
    [Function, HttpTrigger("POST", "/hooks/{token}"), AllowAnonymous]
    public static bool Receive(string token)
    {
        const string expectedToken = [|"p9Wq3Zx8Lr1Vt6Kb4Nn7Yd2H"|];
        return token == expectedToken;
    }
}
