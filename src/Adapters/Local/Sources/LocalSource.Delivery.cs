using Portable.Runtime;
using Portable.Runtime.AspNetCore;

namespace Portable.Local;

// The calls of the function.
public partial class LocalSource
{
    private async Task WorkAsync()
    {
        while (true)
        {
            LocalMessage[]? batch;
            LocalLane? lane;
            lock (_gate)
            {
                batch = Next(out lane);
                if (batch is null)
                {
                    _workers--;
                    Changed();
                    return;
                }
            }

            MessageOutcome outcome;
            try
            {
                outcome = await DeliverAsync(batch).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                // Services that fail when they are disposed: the handler may have done its work, and delivery is at least once.
                outcome = new MessageOutcome([.. batch.Select(message => new FailedMessage(message.Id, $"{e.GetType().Name}: {e.Message}"))], []);
            }

            lock (_gate)
            {
                Settle(lane!, batch, outcome);
            }
        }
    }

    private ValueTask<MessageOutcome> DeliverAsync(LocalMessage[] batch)
    {
        var context = new InvocationContext(
            _setup.App,
            Definition.Name,
            $"{Definition.Name}-{Interlocked.Increment(ref _deliveries)}",
            batch.Max(static message => message.DeliveryCount),
            Deadlines.Of(Definition, Time),
            traceParent: batch is [{ Attributes: { } attributes }] ? attributes.GetValueOrDefault("traceparent") : null,
            abort: _setup.Stopping);
        return _setup.Invoker.InvokeAsync(Definition, Array.ConvertAll(batch, static message => message.Received), context);
    }
}
