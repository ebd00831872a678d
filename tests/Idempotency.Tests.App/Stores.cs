using Amazon.DynamoDBv2;
using Amazon.Runtime;

namespace Portable.Idempotency.Tests.App;

/// <summary>The stores by name, as startup classes register them.</summary>
public static class Stores
{
    public const string Table = "idempotency";
    public const string Container = "idempotency";
    public const string Collection = "projects/test/databases/(default)/documents/idempotency";

    public static void Use(IPortableBuilder app, string kind, string address)
    {
        switch (kind)
        {
            case "memory":
                app.UseMemoryIdempotency();
                break;
            case "sqlite":
                app.UseSqliteIdempotency(address);
                break;
            case "dynamodb":
                app.UseDynamoDbIdempotency(Table, _ => DynamoDb(address));
                break;
            case "redis":
                app.UseRedisIdempotency(address);
                break;
            case "blob":
                app.UseAzureBlobIdempotency(Container, address);
                break;
            case "firestore":
                app.UseFirestoreIdempotency(Collection); // FIRESTORE_EMULATOR_HOST and GCE_METADATA_HOST say where
                break;
            default:
                throw new ArgumentException($"There is no store '{kind}'.");
        }
    }

    public static AmazonDynamoDBClient DynamoDb(string address) =>
        new(new BasicAWSCredentials("key", "secret"), new AmazonDynamoDBConfig { ServiceURL = address, AuthenticationRegion = "us-east-1", MaxErrorRetry = 1 });
}
