using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Portable.Azure;
using Portable.Runtime;

namespace Portable.AspNet.Tests.Azure;

/// <summary>What holds for any content: what one side writes, the other reads, and what nobody wrote so is never an exception.</summary>
public sealed class EnvelopeProperties
{
    private const int Rounds = 3_000;

    private static readonly BindingData s_nothing = new(new Dictionary<string, object?>());

    [Fact]
    public void A_message_of_any_bytes_and_attributes_comes_back_as_it_was()
    {
        var random = new Random(1);
        for (var i = 0; i < Rounds; i++)
        {
            var body = random.Next(3) switch
            {
                0 => RandomBytes(random),
                1 => Encoding.UTF8.GetBytes(RandomJson(random, 3)),
                _ => QueueText.Wrap(Encoding.UTF8.GetBytes(RandomJson(random, 1)), RandomAttributes(random)).ToArray(), // one of ours as the body of another
            };
            var attributes = RandomAttributes(random);
            var text = Encoding.UTF8.GetString(Convert.FromBase64String(Convert.ToBase64String(QueueText.Wrap(body, attributes).Span)));
            var message = QueueReader.Read(text, s_nothing, "i");
            Assert.True(body.AsSpan().SequenceEqual(message.Body.Span), $"round {i}: {Convert.ToHexString(body)}");
            Assert.Equal(attributes, message.Attributes ?? new Dictionary<string, string>());
        }
    }

    [Fact]
    public void Any_record_keeps_its_body_and_its_place_whatever_is_said_beside_it()
    {
        var random = new Random(2);
        string[] names = ["PartitionContext", "PartitionKeyArray", "SequenceNumberArray", "EnqueuedTimeUtcArray", "PropertiesArray", "SystemPropertiesArray", "PartitionKey", "SequenceNumber", "Properties"];
        for (var i = 0; i < Rounds; i++)
        {
            var records = Enumerable.Range(0, random.Next(1, 5)).Select(_ => RandomText(random)).ToArray();
            var data = names.Where(_ => random.Next(2) == 0).ToDictionary(static name => name, object? (_) => random.Next(4) switch
            {
                0 => RandomText(random),
                1 => RandomJson(random, 3),
                2 => new List<string> { RandomText(random), RandomText(random) },
                _ => new List<long> { random.NextInt64() },
            });
            foreach (var source in new MessageSource[] { new StreamSource("s"), new DeviceSource("d") })
            {
                var messages = EventHubReader.Read(source, records, new BindingData(data), "i", 1);
                Assert.Equal(records.Select(Encoding.UTF8.GetBytes), messages.Select(static message => message.Body.ToArray()));
                Assert.All(messages, static message => Assert.NotEqual("", message.Id));
                Assert.All(messages, message => Assert.Equal(source is DeviceSource, message.Detail is DeviceOrigin));
            }
        }
    }

    [Fact]
    public void Any_text_is_an_event_a_change_or_poison()
    {
        var random = new Random(3);
        for (var i = 0; i < Rounds; i++)
        {
            var text = random.Next(4) == 0 ? RandomText(random) : RandomJson(random, 4);
            foreach (var message in EventGridReader.Read(text, "i", 1).Concat(BlobEventReader.Read(new StorageSource("c"), "c", text, "i", 1)).Concat(CosmosReader.Read(text, "i", 1)))
            {
                Assert.NotEqual("", message.Id);
                Assert.True(message.Detail is null or EventDescription { Version: > 0, Type.Length: > 0 } or ObjectChanged { Change.Name.Length: > 0 } or RowChanged { Key.Length: > 0 });
            }
        }
    }

    private static Dictionary<string, string> RandomAttributes(Random random) =>
        Enumerable.Range(0, random.Next(4)).ToDictionary(index => $"{"aé-_.$"[random.Next(6)]}{index}", _ => RandomText(random));

    private static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(40)];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Text with what JSON, XML and MIME find special, and never half a surrogate pair.</summary>
    private static string RandomText(Random random)
    {
        string[] parts = ["a", "\"", "\\", "{", "}", "[", "<", "&", "\0", "\n", "ü", "😀", "$portable", "1", " ", "T", "/", "'"];
        return string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => parts[random.Next(parts.Length)]));
    }

    /// <summary>JSON whose names are those that the readers look for, with values that they do not expect.</summary>
    private static string RandomJson(Random random, int depth)
    {
        string[] names = ["specversion", "id", "source", "type", "data", "data_base64", "dataversion", "dataVersion", "eventType", "subject", "time", "eventTime", "_ts", "_lsn", "_rid", "$portable", "attributes", "body", "encoding", "PartitionId"];
        string[] texts = ["1.0", "e", "Microsoft.Storage.BlobCreated", "/blobServices/default/containers/c/blobs/a", "2026-01-01T00:00:00Z", "eyJ9", "base64", "2", ""];
        return random.Next(depth > 0 ? 8 : 5) switch
        {
            0 => "null",
            1 => random.Next(-3, 3) + (random.Next(2) == 0 ? "" : "e99"),
            2 => random.Next(2) == 0 ? "true" : "\"\\ud800\"",
            3 => JsonSerializer.Serialize(RandomText(random), new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }),
            4 => JsonSerializer.Serialize(texts[random.Next(texts.Length)]),
            5 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => RandomJson(random, depth - 1)))}]",
            _ => $"{{{string.Join(',', Enumerable.Range(0, random.Next(8)).Select(_ => $"\"{names[random.Next(names.Length)]}\":{RandomJson(random, depth - 1)}"))}}}",
        };
    }
}
