namespace Portable.Runtime.Idempotency;

/// <summary>The claims of a batch. Disposed without a result it gives all keys back, so that the batch can be tried again.</summary>
public sealed class BatchClaim<TMessage> : IAsyncDisposable
{
    /// <summary>How many answers of the store are waited for at a time.</summary>
    private const int AtATime = 16;

    private readonly MessageCall _call;
    private readonly IdempotencyGate _gate;
    private readonly IdempotencyPolicy _policy;
    private readonly List<FailedMessage> _refused = [];
    private List<Group> _running = [];
    private bool _hasRejected;

    internal BatchClaim(MessageCall call, IdempotencyGate gate, IdempotencyPolicy policy)
    {
        _call = call;
        _gate = gate;
        _policy = policy;
    }

    /// <summary>The messages for the handler, in order. Of several with one key only the first, whose fate the others share.</summary>
    public List<TMessage> Messages { get; } = [];

    /// <summary>Records what became of each message, and returns what the source is told.</summary>
    public async ValueTask<BatchResult> CompleteAsync(BatchResult result)
    {
        var failed = new HashSet<string>(result.Failed.Select(static message => message.Id), StringComparer.Ordinal);
        var running = _running;
        _running = [];
        await ForAllAsync(running, group => EndAsync(group, failed.Contains(group.First.Received.Id))).ConfigureAwait(false);
        var followers = running.Where(group => failed.Contains(group.First.Received.Id))
            .SelectMany(static group => group.Others.Select(static other => new FailedMessage(other.Received.Id, "The message that it is a duplicate of failed.")));
        return _call.Complete(BatchResult.Partial([.. result.Failed, .. followers, .. _refused]));
    }

    /// <summary>Gives back what was not completed.</summary>
    public async ValueTask DisposeAsync()
    {
        var running = _running;
        _running = [];
        await ForAllAsync(running, group => EndAsync(group, isFailed: true)).ConfigureAwait(false);
    }

    internal async ValueTask AddAsync(List<KeyedMessage<TMessage>> messages)
    {
        var groups = GroupsOf(messages);
        if (!_call.Ordered)
        {
            try
            {
                await ForAllAsync(groups, async group => group.Admission = await EnterAsync(group).ConfigureAwait(false)).ConfigureAwait(false);
            }
            finally
            {
                groups.ForEach(Admit); // those that were asked for too: what is claimed must be given back
            }

            return;
        }

        // In an ordered source, what is behind a message that must wait may not be handled: so one by one, up to there.
        foreach (var group in groups)
        {
            if (_refused.Count > 0 || (_hasRejected && _call.DeadLetters is null))
            {
                Refuse(group, "A message before it failed, and the source keeps its order.");
                continue;
            }

            group.Admission = await EnterAsync(group).ConfigureAwait(false);
            Admit(group);
        }
    }

    private List<Group> GroupsOf(List<KeyedMessage<TMessage>> messages)
    {
        var groups = new List<Group>(messages.Count);
        var byName = new Dictionary<string, Group>(messages.Count, StringComparer.Ordinal);
        foreach (var message in messages)
        {
            var name = message.Key.For(_policy);
            if (!byName.TryGetValue(name, out var group))
            {
                byName.Add(name, group = new Group(message));
                groups.Add(group);
            }
            else if (_policy.ValidatesPayload && !group.First.Received.Body.Span.SequenceEqual(message.Received.Body.Span))
            {
                Reject(message, MessageIdempotency.OtherPayload);
            }
            else
            {
                group.Others.Add(message);
            }
        }

        return groups;
    }

    private ValueTask<Admission> EnterAsync(Group group) => _gate.EnterAsync(group.First.Key, group.First.Received.Body);

    private void Admit(Group group)
    {
        switch (group.Admission)
        {
            case Admission.Run:
                _running.Add(group);
                Messages.Add(group.First.Message);
                break;
            case { } other when MessageIdempotency.Refusal(other) is PoisonMessageException poison:
                foreach (var message in group.All)
                {
                    Reject(message, poison.Message);
                }

                break;
            case { } other when MessageIdempotency.Refusal(other) is { } refusal:
                Refuse(group, refusal.Message);
                break;
        }
    }

    private void Reject(KeyedMessage<TMessage> message, string reason)
    {
        _hasRejected = true;
        _call.Reject(message.Received, reason);
    }

    /// <summary>Leaves messages to their source: the handler has not had them.</summary>
    private void Refuse(Group group, string reason)
    {
        foreach (var message in group.All)
        {
            _call.DeadLetters?.Spare(message.Received);
            _refused.Add(new FailedMessage(message.Received.Id, reason));
        }
    }

    private ValueTask EndAsync(Group group, bool isFailed) => group.Admission switch
    {
        Admission.Run { Lease: { } lease } => isFailed ? _gate.ReleaseAsync(lease) : _gate.CompleteAsync(lease, default),
        _ => default,
    };

    private static async ValueTask ForAllAsync(List<Group> groups, Func<Group, ValueTask> action)
    {
        foreach (var chunk in groups.Chunk(AtATime))
        {
            await Task.WhenAll(chunk.Select(group => action(group).AsTask())).ConfigureAwait(false);
        }
    }

    /// <summary>The messages of one key.</summary>
    private sealed class Group(KeyedMessage<TMessage> first)
    {
        public KeyedMessage<TMessage> First { get; } = first;

        public List<KeyedMessage<TMessage>> Others { get; } = [];

        public Admission? Admission { get; set; }

        public IEnumerable<KeyedMessage<TMessage>> All => Others.Prepend(First);
    }
}
