using System.Threading;
using System.Threading.Tasks;

namespace Azure.Messaging.ServiceBus;

public class ServiceBusMessage { public ServiceBusMessage(string body) { } public string? MessageId { get; set; } }

public sealed class ServiceBusMessageBatch { public bool TryAddMessage(ServiceBusMessage message) => true; }

public class ServiceBusClient { public virtual ServiceBusSender CreateSender(string queueOrTopicName) => new(); }

public class ServiceBusSender
{
    public virtual ValueTask<ServiceBusMessageBatch> CreateMessageBatchAsync(CancellationToken cancellationToken = default) => default;
    public virtual Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default) => Task.CompletedTask;
}
