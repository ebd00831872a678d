using System.Threading;
using System.Threading.Tasks;

namespace Confluent.Kafka;

public class Message<TKey, TValue> { public TKey? Key { get; set; } public TValue? Value { get; set; } }

public interface IProducer<TKey, TValue> { Task ProduceAsync(string topic, Message<TKey, TValue> message, CancellationToken cancellationToken = default); }
