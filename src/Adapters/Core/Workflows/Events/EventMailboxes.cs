namespace Portable.Runtime;

/// <summary>Hands an event's payload to an engine that waits for it.</summary>
public interface IEventDelivery
{
    /// <summary>Hands it over.</summary>
    /// <param name="waiter">What the engine gave when it began to wait: a task token, a callback address.</param>
    /// <param name="payloadJson">The payload.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was taken; <see langword="false"/> when nobody waits there any more.</returns>
    ValueTask<bool> DeliverAsync(string waiter, string payloadJson, CancellationToken cancellationToken);
}

/// <summary>
/// Brings events to runs on engines that know only a wait that has begun (Step Functions' task tokens, Google's callbacks): an event that
/// is raised earlier is kept until somebody waits, and one that comes too late for a wait is kept for the next.
/// </summary>
/// <param name="store">Where mailboxes are kept.</param>
/// <param name="delivery">The way to the engine.</param>
public sealed class EventMailboxes(IMailboxStore store, IEventDelivery delivery)
{
    /// <summary>The key of a mailbox: a run has one for each event.</summary>
    public static string KeyOf(string runId, string name) => $"{runId}/{name}";

    /// <summary>Raises an event.</summary>
    /// <param name="key">The mailbox; see <see cref="KeyOf"/>.</param>
    /// <param name="payloadJson">The payload.</param>
    /// <param name="cancellationToken">Gives up; the event may have been raised all the same.</param>
    public async ValueTask RaiseAsync(string key, string payloadJson, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (box, version) = await ReadAsync(key, cancellationToken).ConfigureAwait(false);
            if (box.Waiter is not { } waiter)
            {
                if (await store.WriteAsync(key, (box with { Raised = [.. box.Raised, payloadJson] }).ToJson(), version, cancellationToken).ConfigureAwait(false))
                {
                    return;
                }

                continue;
            }

            // First the engine, then the store: a crash in between repeats a delivery, which the engine refuses, and loses nothing.
            var taken = await delivery.DeliverAsync(waiter, payloadJson, cancellationToken).ConfigureAwait(false);
            var next = taken
                ? box with { Waiter = null, ServedWaiter = waiter, ServedPayload = payloadJson }
                : box with { Waiter = null, Raised = [.. box.Raised, payloadJson] };
            if (await store.WriteAsync(key, next.ToJson(), version, cancellationToken).ConfigureAwait(false) || taken)
            {
                return; // who was faster has begun the next wait, which is not ours to end
            }
        }
    }

    /// <summary>Notes that a run waits.</summary>
    /// <param name="key">The mailbox.</param>
    /// <param name="waiter">Where to hand the event to.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The payload of an event that was raised already, which the caller hands over; <see langword="null"/> when there is none.</returns>
    public async ValueTask<string?> WaitAsync(string key, string waiter, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (box, version) = await ReadAsync(key, cancellationToken).ConfigureAwait(false);
            if (box.ServedWaiter == waiter)
            {
                return box.ServedPayload; // the engine asks again: it did not get our answer
            }

            var next = box.Raised.Count > 0
                ? new EventMailbox(null, [.. box.Raised.Skip(1)], waiter, box.Raised[0])
                : box with { Waiter = waiter };
            if (await store.WriteAsync(key, next.ToJson(), version, cancellationToken).ConfigureAwait(false))
            {
                return box.Raised.Count > 0 ? box.Raised[0] : null;
            }
        }
    }

    /// <summary>Notes that a run does not wait any longer.</summary>
    /// <returns>The payload of an event that came in the meantime and would be lost; <see langword="null"/> when none did.</returns>
    public async ValueTask<string?> GiveUpAsync(string key, string waiter, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (box, version) = await ReadAsync(key, cancellationToken).ConfigureAwait(false);
            if (box.ServedWaiter == waiter)
            {
                return box.ServedPayload;
            }

            if (box.Waiter != waiter || await store.WriteAsync(key, (box with { Waiter = null }).ToJson(), version, cancellationToken).ConfigureAwait(false))
            {
                return null;
            }
        }
    }

    private async ValueTask<(EventMailbox Box, string? Version)> ReadAsync(string key, CancellationToken cancellationToken) =>
        await store.ReadAsync(key, cancellationToken).ConfigureAwait(false) is { } stored
            ? (EventMailbox.Parse(stored.Json), stored.Version)
            : (EventMailbox.Empty, null);
}
