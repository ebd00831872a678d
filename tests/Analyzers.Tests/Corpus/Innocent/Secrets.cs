//// secrets by name
namespace Shop;

public sealed class Payments([Secret("payments-api-key-2024")] string apiKey)
{
    [Function, HttpTrigger("GET", "/payments/{id}"), ApiKey("partner-key-eu1")]
    public string Get(string id) => id + apiKey.Length;
}

//// names of settings
namespace Shop;

public static class Keys
{
    public const string ApiKeyHeader = "X-Api-Key-V2-2024-11";
    public const string PasswordSetting = "Shop:Database:Password";
    public const string SecretName = "projects/shop-1234/secrets/db-password/versions/3";
    public const string TokenEndpoint = "https://login.shop.internal/v2.0/oauth2/token";
}

//// connection strings of one's own machine
namespace Shop;

public static class Local
{
    public const string Postgres = "Host=localhost;Port=5432;Username=postgres;Password=postgres;Database=shop";
    public const string Rabbit = "amqp://guest:guest@localhost:5672/";
    public const string Azurite = "UseDevelopmentStorage=true";
    public const string Account = "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;";
}

//// a connection string put together
namespace Shop;

public static class Connections
{
    public static string Of(string host, string password) => $"Host={host};Username=shop;Password={password};Pooling=true";
}

//// hashes, etags and ids
namespace Shop;

public static class Hashes
{
    public const string Empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    public static readonly Guid Tenant = new("3f2504e0-4f89-11d3-9a0c-0305e82c3301");
    public const string Integrity = "sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K";
}

//// messages that speak of passwords
namespace Shop;

public static class Texts
{
    public static string Missing(string name) => $"The connection string '{name}' has no Password=; set it in the configuration.";

    public static string Weak => "The password must have 12 characters, 1 digit and 1 symbol.";
}

//// a parser of keys
namespace Shop;

public static class Pem
{
    public static bool IsKey(string text) => text.StartsWith("-----BEGIN PRIVATE KEY-----", StringComparison.Ordinal) && text.EndsWith("-----END PRIVATE KEY-----", StringComparison.Ordinal);
}
