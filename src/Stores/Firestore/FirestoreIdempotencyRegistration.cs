using Microsoft.Extensions.DependencyInjection;
using Portable.Gcp.Services;
using Portable.Idempotency;

namespace Portable;

/// <summary>Says in a startup class that idempotent functions remember their work in Firestore.</summary>
public static class FirestoreIdempotencyRegistration
{
    /// <summary>Remembers in a collection, as the service account that the container runs as.</summary>
    /// <param name="app">The application.</param>
    /// <param name="collection">The collection: <c>projects/PROJECT/databases/(default)/documents/COLLECTION</c>. A policy of time to live on its field <c>expires</c> keeps it small.</param>
    public static IPortableBuilder UseFirestoreIdempotency(this IPortableBuilder app, string collection)
    {
        ArgumentException.ThrowIfNullOrEmpty(collection);
        var endpoint = Environment.GetEnvironmentVariable("FIRESTORE_EMULATOR_HOST") is { Length: > 0 } emulator ? $"http://{emulator}" : "https://firestore.googleapis.com";
        return app.UseIdempotencyStore(services =>
        {
            var time = services.GetRequiredService<TimeProvider>();
            return new FirestoreIdempotencyStore(new GoogleApi(new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }), time), collection, endpoint, time);
        });
    }
}
