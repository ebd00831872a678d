using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Portable.Gcp.Services;
using Portable.Runtime.Idempotency;

namespace Portable.Idempotency;

/// <summary>
/// Remembers in a Firestore collection, one document for each key, over REST. How old a record is says the service alone: <c>readTime</c> less <c>updateTime</c>, which are
/// comparable (https://cloud.google.com/firestore/docs/reference/rest/v1/projects.databases.documents). Every write has the precondition that the document is still as it was
/// read.
/// </summary>
public sealed class FirestoreIdempotencyStore : IIdempotencyStore
{
    private const string Owner = "owner";
    private const string State = "state";
    private const string Lasts = "lasts"; // milliseconds from updateTime on
    private const string Expires = "expires"; // a timestamp, for a policy of time to live; nothing else reads it
    private const string Payload = "payload";
    private const string Result = "result";
    private const string InProgress = "progress";
    private const string Done = "done";
    private const string TooLarge = "large";
    private const int Attempts = 4;

    private readonly GoogleApi _api;
    private readonly string _endpoint;
    private readonly string _database; // projects/p/databases/d
    private readonly string _collection; // projects/p/databases/d/documents/c
    private readonly TimeProvider _time;

    internal FirestoreIdempotencyStore(GoogleApi api, string collection, string endpoint, TimeProvider time)
    {
        var end = collection.IndexOf("/documents/", StringComparison.Ordinal);
        if (end <= 0 || !collection.StartsWith("projects/", StringComparison.Ordinal))
        {
            throw new FormatException("A Firestore collection is of the form projects/PROJECT/databases/(default)/documents/COLLECTION.");
        }

        _api = api;
        _endpoint = endpoint;
        _database = collection[..end];
        _collection = collection;
        _time = time;
    }

    /// <summary>Documents have at most 1 MiB (https://firebase.google.com/docs/firestore/quotas); some is left for the rest.</summary>
    public int LargestResult => 1_000_000;

    /// <inheritdoc/>
    public async ValueTask<IdempotencyState> BeginAsync(IdempotencyClaim claim, CancellationToken cancellationToken)
    {
        string? expected = null;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await WriteAsync(claim.Key, expected, claim.Owner, InProgress, claim.Lease, claim.PayloadHash, default, cancellationToken).ConfigureAwait(false) is { } version)
            {
                return new IdempotencyClaimed(new IdempotencyLease(claim.Key, claim.Owner, claim.PayloadHash, version));
            }

            if (await ReadAsync(claim.Key, cancellationToken).ConfigureAwait(false) is not { } record)
            {
                expected = null; // released meanwhile
                continue;
            }

            if (StateOf(record, claim) is { } state)
            {
                return state;
            }

            expected = record.Version;
        }

        return new IdempotencyInProgress(); // others come and go faster than we can look
    }

    /// <inheritdoc/>
    public async ValueTask<bool> CompleteAsync(IdempotencyLease lease, IdempotencyResult result, TimeSpan keptFor, CancellationToken cancellationToken)
    {
        var expected = lease.Version;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await WriteAsync(lease.Key, expected, lease.Owner, result.IsTooLarge ? TooLarge : Done, keptFor, lease.PayloadHash, result.Content, cancellationToken).ConfigureAwait(false) is not null)
            {
                return true;
            }

            var record = await ReadAsync(lease.Key, cancellationToken).ConfigureAwait(false);
            if (record is not null && record.Owner != lease.Owner)
            {
                return false;
            }

            if (record is not null && record.State != InProgress)
            {
                return true; // an attempt whose answer was lost
            }

            expected = record?.Version;
        }

        return false;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> ReleaseAsync(IdempotencyLease lease, CancellationToken cancellationToken)
    {
        if (lease.Version is not { } version)
        {
            return false;
        }

        using var reply = await _api.SendAsync(HttpMethod.Delete, $"{_endpoint}/v1/{_collection}/{lease.Key}?currentDocument.updateTime={Uri.EscapeDataString(version)}", null, cancellationToken).ConfigureAwait(false);
        return reply.Succeeded || (IsRefused(reply) ? false : throw Unexpected(reply));
    }

    private async Task<string?> WriteAsync(
        string key, string? expected, string owner, string state, TimeSpan lasts, string? payload, ReadOnlyMemory<byte> result, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>(512 + (result.Length * 4 / 3));
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteStartObject("fields"u8);
            Field(Owner, "stringValue", owner);
            Field(State, "stringValue", state);
            Field(Lasts, "integerValue", ((long)Math.Ceiling(lasts.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture));

            // By our clock, which may be wrong: a day and an hour later than needed.
            Field(Expires, "timestampValue", (_time.GetUtcNow() + lasts + TimeSpan.FromHours(25)).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            if (payload is not null)
            {
                Field(Payload, "stringValue", payload);
            }

            if (!result.IsEmpty)
            {
                json.WriteStartObject(Result);
                json.WriteBase64String("bytesValue"u8, result.Span);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();

            void Field(string name, string type, string value)
            {
                json.WriteStartObject(name);
                json.WriteString(type, value);
                json.WriteEndObject();
            }
        }

        var precondition = expected is null ? "currentDocument.exists=false" : "currentDocument.updateTime=" + Uri.EscapeDataString(expected);
        using var reply = await _api.SendAsync(HttpMethod.Patch, $"{_endpoint}/v1/{_collection}/{key}?{precondition}", body.WrittenMemory, cancellationToken).ConfigureAwait(false);
        return IsRefused(reply) ? null : Checked(reply).GetProperty("updateTime").GetString();
    }

    // Not a plain read: only batchGet says when it read. [{"found": {"name", "fields", "createTime", "updateTime"}, "readTime"}], or {"missing": name, "readTime"}.
    private async Task<Record?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteStartArray("documents"u8);
            json.WriteStringValue($"{_collection}/{key}");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        using var reply = await _api.SendAsync(HttpMethod.Post, $"{_endpoint}/v1/{_database}/documents:batchGet", body.WrittenMemory, cancellationToken).ConfigureAwait(false);
        foreach (var element in Checked(reply).EnumerateArray())
        {
            if (element.TryGetProperty("found", out var found))
            {
                var fields = found.GetProperty("fields");
                var version = found.GetProperty("updateTime").GetString()!;
                return new Record(
                    version,
                    element.GetProperty("readTime").GetDateTimeOffset() - found.GetProperty("updateTime").GetDateTimeOffset(),
                    Text(fields, Owner),
                    Text(fields, State),
                    TimeSpan.FromMilliseconds(long.Parse(fields.GetProperty(Lasts).GetProperty("integerValue").GetString()!, CultureInfo.InvariantCulture)),
                    fields.TryGetProperty(Payload, out _) ? Text(fields, Payload) : null,
                    fields.TryGetProperty(Result, out var result) ? result.GetProperty("bytesValue").GetBytesFromBase64() : []);
            }
        }

        return null;

        static string Text(JsonElement fields, string name) => fields.GetProperty(name).GetProperty("stringValue").GetString()!;
    }

    /// <summary>What a document says; <see langword="null"/> when its time is over.</summary>
    private static IdempotencyState? StateOf(Record record, IdempotencyClaim claim)
    {
        var left = record.Lasts - record.Age;
        return left < TimeSpan.Zero ? null : record.State switch
        {
            Done => new IdempotencyDone(new IdempotencyResult(record.Result), record.Payload),
            TooLarge => new IdempotencyDone(new IdempotencyResult(default, IsTooLarge: true), record.Payload),
            _ when record.Owner == claim.Owner => new IdempotencyClaimed(new IdempotencyLease(claim.Key, claim.Owner, claim.PayloadHash, record.Version)),
            _ => new IdempotencyInProgress(left, record.Payload),
        };
    }

    private static bool IsRefused(GoogleReply reply) => reply.ErrorStatus is "FAILED_PRECONDITION" or "ALREADY_EXISTS" or "ABORTED" or "NOT_FOUND";

    private static JsonElement Checked(GoogleReply reply) => reply.Succeeded && reply.Body is { } body ? body.RootElement : throw Unexpected(reply);

    private static HttpRequestException Unexpected(GoogleReply reply) => new($"Firestore answered {(int)reply.Status} {reply.ErrorStatus}.", null, reply.Status);

    private sealed record Record(string Version, TimeSpan Age, string Owner, string State, TimeSpan Lasts, string? Payload, byte[] Result);
}
