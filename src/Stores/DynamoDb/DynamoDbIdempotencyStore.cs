using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Portable.Runtime.Idempotency;

namespace Portable.Idempotency;

/// <summary>
/// Remembers in a DynamoDB table with the key <c>id</c> (a text) and time to live on <c>expires</c>. DynamoDB has no clock that a condition could use, so the
/// ends of leases are in the time that its answers carry: see <see cref="ServerClock"/>.
/// </summary>
public sealed class DynamoDbIdempotencyStore : IIdempotencyStore, IDisposable
{
    private const string Id = "id";
    private const string Owner = "owner";
    private const string State = "state"; // a reserved word: conditions name it #state
    private const string Until = "until"; // milliseconds since 1970; what counts
    private const string Expires = "expires"; // seconds since 1970; when DynamoDB may delete the item
    private const string Payload = "payload";
    private const string Result = "result";
    private const string InProgress = "progress";
    private const string Done = "done";
    private const string TooLarge = "large";
    private const int Attempts = 4;

    private readonly AmazonDynamoDBClient _client;
    private readonly string _table;
    private readonly bool _ownsClient;
    private readonly ServerClock _clock;
    private readonly ConditionalWeakTable<AmazonWebServiceRequest, StrongBox<ServerClock.Moment>> _sent = [];

    /// <summary>Uses a client.</summary>
    /// <param name="client">The client.</param>
    /// <param name="table">The table.</param>
    /// <param name="time">The clock for how long ago something was; what it shows does not matter.</param>
    /// <param name="ownsClient">Whether the client is disposed with the store.</param>
    public DynamoDbIdempotencyStore(AmazonDynamoDBClient client, string table, TimeProvider? time = null, bool ownsClient = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        _client = client;
        _table = table;
        _ownsClient = ownsClient;
        _clock = new ServerClock(time ?? TimeProvider.System);
        _client.AfterResponseEvent += OnResponse;
    }

    /// <summary>Items have at most 400 KB, names included ("Item size", Amazon DynamoDB Developer Guide, Service quotas); some is left for the rest.</summary>
    public int LargestResult => 390 * 1000;

    /// <inheritdoc/>
    public async ValueTask<IdempotencyState> BeginAsync(IdempotencyClaim claim, CancellationToken cancellationToken)
    {
        // The first call of a process does not know what time it is there, and asks.
        var read = _clock.Latest() is null;
        for (var attempt = 0; ; attempt++)
        {
            Dictionary<string, AttributeValue>? found = null;
            if (read)
            {
                found = await ReadAsync(claim.Key, cancellationToken).ConfigureAwait(false);
                if (found is not null && StateOf(found, claim) is { } state)
                {
                    return state;
                }
            }

            if (await ClaimAsync(claim, found, cancellationToken).ConfigureAwait(false))
            {
                return new IdempotencyClaimed(new IdempotencyLease(claim.Key, claim.Owner, claim.PayloadHash));
            }

            read = true;
            if (attempt == Attempts)
            {
                return new IdempotencyInProgress(); // others come and go faster than we can look
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> CompleteAsync(IdempotencyLease lease, IdempotencyResult result, TimeSpan keptFor, CancellationToken cancellationToken)
    {
        if (_clock.Latest() is null)
        {
            await ReadAsync(lease.Key, cancellationToken).ConfigureAwait(false);
        }

        var item = Item(lease.Key, lease.Owner, result.IsTooLarge ? TooLarge : Done, keptFor, TimeSpan.Zero, lease.PayloadHash);
        if (!result.Content.IsEmpty)
        {
            item[Result] = new AttributeValue { B = new MemoryStream(result.Content.ToArray(), writable: false) };
        }

        return await PutAsync(item, $"attribute_not_exists({Id}) OR #owner = :owner", new() { [":owner"] = Text(lease.Owner) }, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> ReleaseAsync(IdempotencyLease lease, CancellationToken cancellationToken)
    {
        var request = new DeleteItemRequest
        {
            TableName = _table,
            Key = new() { [Id] = Text(lease.Key) },
            ConditionExpression = "#owner = :owner AND #state = :progress",
            ExpressionAttributeNames = new() { ["#owner"] = Owner, ["#state"] = State },
            ExpressionAttributeValues = new() { [":owner"] = Text(lease.Owner), [":progress"] = Text(InProgress) },
        };
        try
        {
            await _client.DeleteItemAsync(Stamped(request), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    /// <summary>Disposes what it owns.</summary>
    public void Dispose()
    {
        _client.AfterResponseEvent -= OnResponse;
        if (_ownsClient)
        {
            _client.Dispose();
        }
    }

    /// <summary>What an item says; <see langword="null"/> when its time is over.</summary>
    private IdempotencyState? StateOf(Dictionary<string, AttributeValue> item, IdempotencyClaim claim)
    {
        var until = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(item[Until].N, CultureInfo.InvariantCulture));
        var left = until - (_clock.Earliest() ?? throw NoDate());
        if (left < TimeSpan.Zero)
        {
            return null;
        }

        var payload = item.GetValueOrDefault(Payload)?.S;
        return item[State].S switch
        {
            Done => new IdempotencyDone(new IdempotencyResult(item.GetValueOrDefault(Result)?.B.ToArray() ?? []), payload),
            TooLarge => new IdempotencyDone(new IdempotencyResult(default, IsTooLarge: true), payload),
            _ when item[Owner].S == claim.Owner => new IdempotencyClaimed(new IdempotencyLease(claim.Key, claim.Owner, claim.PayloadHash)),
            _ => new IdempotencyInProgress(left, payload),
        };
    }

    private Task<bool> ClaimAsync(IdempotencyClaim claim, Dictionary<string, AttributeValue>? expired, CancellationToken cancellationToken)
    {
        // In progress an item is kept for a day longer than its lease: an owner who is late still finds it, and people can see what was killed.
        var item = Item(claim.Key, claim.Owner, InProgress, claim.Lease, TimeSpan.FromDays(1), claim.PayloadHash);
        return expired is null
            ? PutAsync(item, $"attribute_not_exists({Id})", null, cancellationToken)
            : PutAsync(item, "#owner = :owner AND #until = :until", new() { [":owner"] = expired[Owner], [":until"] = expired[Until] }, cancellationToken);
    }

    private Dictionary<string, AttributeValue> Item(string key, string owner, string state, TimeSpan lasts, TimeSpan keptLonger, string? payload)
    {
        var until = (_clock.Latest() ?? throw NoDate()) + lasts;
        var item = new Dictionary<string, AttributeValue>
        {
            [Id] = Text(key),
            [Owner] = Text(owner),
            [State] = Text(state),
            [Until] = Number(until.ToUnixTimeMilliseconds()),
            [Expires] = Number((until + keptLonger).ToUnixTimeSeconds() + 1),
        };
        if (payload is not null)
        {
            item[Payload] = Text(payload);
        }

        return item;
    }

    private async Task<bool> PutAsync(Dictionary<string, AttributeValue> item, string condition, Dictionary<string, AttributeValue>? values, CancellationToken cancellationToken)
    {
        var request = new PutItemRequest { TableName = _table, Item = item, ConditionExpression = condition };
        if (values is not null)
        {
            request.ExpressionAttributeValues = values;
            request.ExpressionAttributeNames = new() { ["#owner"] = Owner };
            if (values.ContainsKey(":until"))
            {
                request.ExpressionAttributeNames["#until"] = Until;
            }
        }

        try
        {
            await _client.PutItemAsync(Stamped(request), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    private async Task<Dictionary<string, AttributeValue>?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest { TableName = _table, Key = new() { [Id] = Text(key) }, ConsistentRead = true };
        var response = await _client.GetItemAsync(Stamped(request), cancellationToken).ConfigureAwait(false);
        return response.Item is { Count: > 0 } item ? item : null;
    }

    private T Stamped<T>(T request)
        where T : AmazonWebServiceRequest
    {
        _sent.Add(request, new StrongBox<ServerClock.Moment>(_clock.Sent()));
        return request;
    }

    private void OnResponse(object sender, ResponseEventArgs e)
    {
        if (e is not WebServiceResponseEventArgs { ResponseHeaders: { } headers, Request: { } request } || !_sent.TryGetValue(request, out var sent))
        {
            return;
        }

        foreach (var (name, value) in headers)
        {
            if (string.Equals(name, "Date", StringComparison.OrdinalIgnoreCase)
                && DateTimeOffset.TryParseExact(value, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
            {
                _clock.Observe(sent.Value, date);
            }
        }
    }

    private static InvalidOperationException NoDate() => new("DynamoDB's answers carry no date: something between it and this process takes their Date headers away.");

    private static AttributeValue Text(string value) => new() { S = value };

    private static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };
}
