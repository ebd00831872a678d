using Portable.Runtime.Idempotency;

namespace Portable.Idempotency.Tests.Contract;

public sealed class MemoryStoreTests(Servers.Servers servers) : StoreContract(servers, "memory")
{
    private IIdempotencyStore? _store;

    protected override IIdempotencyStore Open(int skewSeconds = 0) => _store ??= base.Open(skewSeconds);

    // There is no other process; the same store it is.
    protected override IIdempotencyStore Another(int skewSeconds = 0) => _store!;
}

public sealed class SqliteStoreTests(Servers.Servers servers) : StoreContract(servers, "sqlite");

public sealed class DynamoDbStoreTests(Servers.Servers servers) : StoreContract(servers, "dynamodb");

public sealed class RedisStoreTests(Servers.Servers servers) : StoreContract(servers, "redis");

public sealed class AzureBlobStoreTests(Servers.Servers servers) : StoreContract(servers, "blob");

public sealed class FirestoreStoreTests(Servers.Servers servers) : StoreContract(servers, "firestore");
