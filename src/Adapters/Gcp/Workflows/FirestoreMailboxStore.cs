using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Portable.Gcp.Services;
using Portable.Runtime;

namespace Portable.Gcp.Workflows;

/// <summary>
/// Mailboxes in Firestore, one document each, written under the precondition that the document is still as it was read. The collection is
/// the environment variable <c>PORTABLE_EVENTS_COLLECTION</c>: <c>projects/p/databases/(default)/documents/portable-events</c>.
/// </summary>
internal sealed class FirestoreMailboxStore(GoogleApi api) : IMailboxStore
{
    public const string CollectionVariable = "PORTABLE_EVENTS_COLLECTION";

    public async ValueTask<StoredMailbox?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        using var reply = await api.SendAsync(HttpMethod.Get, AddressOf(key), null, cancellationToken).ConfigureAwait(false);
        if (reply.Status == HttpStatusCode.NotFound)
        {
            return null;
        }

        var document = Checked(reply);
        return new StoredMailbox(
            document.GetProperty("fields").GetProperty("box").GetProperty("stringValue").GetString()!,
            document.GetProperty("updateTime").GetString()!);
    }

    public async ValueTask<bool> WriteAsync(string key, string json, string? expectedVersion, CancellationToken cancellationToken)
    {
        var precondition = expectedVersion is null
            ? "currentDocument.exists=false"
            : $"currentDocument.updateTime={Uri.EscapeDataString(expectedVersion)}";
        var body = new ArrayBufferWriter<byte>(256 + json.Length);
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("fields");
            Text("box", json);
            Text("key", key); // for people: the document's name is a hash
            writer.WriteEndObject();
            writer.WriteEndObject();

            void Text(string name, string value)
            {
                writer.WriteStartObject(name);
                writer.WriteString("stringValue", value);
                writer.WriteEndObject();
            }
        }

        using var reply = await api.SendAsync(HttpMethod.Patch, $"{AddressOf(key)}?{precondition}", body.WrittenMemory, cancellationToken).ConfigureAwait(false);
        if (reply.ErrorStatus is "FAILED_PRECONDITION" or "ALREADY_EXISTS" or "ABORTED" or "NOT_FOUND")
        {
            return false;
        }

        Checked(reply);
        return true;
    }

    private static JsonElement Checked(GoogleReply reply) => reply.Succeeded && reply.Body is { } body
        ? body.RootElement
        : throw new HttpRequestException($"Firestore answered {(int)reply.Status} {reply.ErrorStatus}.", null, reply.Status);

    // A run's id and an event's name may contain anything; a document's name may not.
    private static string AddressOf(string key)
    {
        var collection = Environment.GetEnvironmentVariable(CollectionVariable) is { Length: > 0 } configured
            ? configured
            : throw new InvalidOperationException($"{CollectionVariable} is not set: workflows that wait for events keep them in a Firestore collection of that name.");
        var endpoint = Environment.GetEnvironmentVariable("FIRESTORE_EMULATOR_HOST") is { Length: > 0 } emulator ? $"http://{emulator}" : "https://firestore.googleapis.com";
        return $"{endpoint}/v1/{collection}/{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key))).ToLowerInvariant()}";
    }
}
