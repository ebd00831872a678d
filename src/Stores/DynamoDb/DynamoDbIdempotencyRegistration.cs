using Amazon.DynamoDBv2;
using Microsoft.Extensions.DependencyInjection;
using Portable.Idempotency;

namespace Portable;

/// <summary>Says in a startup class that idempotent functions remember their work in DynamoDB.</summary>
public static class DynamoDbIdempotencyRegistration
{
    /// <summary>Remembers in a table with the key <c>id</c> (a text) and time to live on <c>expires</c>.</summary>
    /// <param name="app">The application.</param>
    /// <param name="table">The table.</param>
    /// <param name="client">Makes the client; one with the environment's region and credentials when <see langword="null"/>.</param>
    public static IPortableBuilder UseDynamoDbIdempotency(this IPortableBuilder app, string table, Func<IServiceProvider, AmazonDynamoDBClient>? client = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        return app.UseIdempotencyStore(services => client is null
            ? new DynamoDbIdempotencyStore(new AmazonDynamoDBClient(), table, services.GetRequiredService<TimeProvider>(), ownsClient: true)
            : new DynamoDbIdempotencyStore(client(services), table, services.GetRequiredService<TimeProvider>()));
    }
}
