using Amazon.DynamoDBv2.Model;
using Portable.Idempotency.Tests.App;
using Portable.TestKit.ExternalTools;

[assembly: AssemblyFixture(typeof(Portable.Idempotency.Tests.Servers.Servers))]

namespace Portable.Idempotency.Tests.Servers;

/// <summary>The real servers behind the stores, each started when the first test asks for it.</summary>
public sealed class Servers : IDisposable
{
    /// <summary>The stores that several processes share.</summary>
    public static readonly string[] Shared = ["sqlite", "dynamodb", "redis", "blob", "firestore"];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _addresses = new(StringComparer.Ordinal);
    private readonly Stack<IDisposable> _owned = new();
    private NodeTools? _tools;

    /// <summary>The address of a store's server, as <see cref="Stores.Use"/> takes it; skips the test that asks when the server is missing.</summary>
    public string AddressOf(string kind)
    {
        lock (_gate)
        {
            return _addresses.TryGetValue(kind, out var address) ? address : _addresses[kind] = Start(kind);
        }
    }

    public void Dispose()
    {
        while (_owned.TryPop(out var owned))
        {
            owned.Dispose();
        }
    }

    private string Start(string kind)
    {
        switch (kind)
        {
            case "sqlite":
                var folder = Directory.CreateTempSubdirectory("portable-idempotency-");
                _owned.Push(new Folder(folder));
                return Path.Combine(folder.FullName, "idempotency.db");
            case "dynamodb":
                var dynamo = Tools().StartDynamoDb().ToString();
                using (var client = Stores.DynamoDb(dynamo))
                {
                    client.CreateTableAsync(new CreateTableRequest
                    {
                        TableName = Stores.Table,
                        BillingMode = Amazon.DynamoDBv2.BillingMode.PAY_PER_REQUEST,
                        KeySchema = [new KeySchemaElement("id", Amazon.DynamoDBv2.KeyType.HASH)],
                        AttributeDefinitions = [new AttributeDefinition("id", Amazon.DynamoDBv2.ScalarAttributeType.S)],
                    }).GetAwaiter().GetResult();
                }

                return dynamo;
            case "redis":
                var redis = Own(RedisServer.StartOrSkip("--requirepass", "s3cret/:@"));
                return $"redis://:{Uri.EscapeDataString("s3cret/:@")}@127.0.0.1:{redis.Port}/3";
            case "blob":
                var blobs = Tools().StartBlobs();
                BlobSetup.CreateContainer(blobs, Stores.Container);
                return blobs;
            case "firestore":
                var firestore = Own(FakeFirestore.Start());
                Environment.SetEnvironmentVariable("FIRESTORE_EMULATOR_HOST", firestore.Host);
                Environment.SetEnvironmentVariable("GCE_METADATA_HOST", firestore.Host);
                return firestore.Host;
            default:
                return "";
        }
    }

    private NodeTools Tools() => _tools ??= Own(NodeTools.StartOrSkip());

    private T Own<T>(T owned)
        where T : IDisposable
    {
        _owned.Push(owned);
        return owned;
    }

    private sealed class Folder(DirectoryInfo folder) : IDisposable
    {
        public void Dispose() => folder.Delete(recursive: true);
    }
}
