using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Portable.Gcp;

namespace Portable.AspNet.Tests.Gcp;

/// <summary>What is written into an envelope is read back from it, whatever it is; System.Text.Json and RFC 3986 are the judges. Damaged envelopes are in the fuzz harness.</summary>
public sealed class EnvelopePropertyTests
{
    private const int Rounds = 500;

    private static readonly string[] Pieces = ["a", "Z", "7", " ", "%", "%41", "\"", "\\", "/", ":", ",", ";", "=", "é", "€", "😀", "-", "~", "+", "&#38;", "<", "\u2028"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Messages_are_read_as_they_were_written(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < Rounds; i++)
        {
            var attributes = Enumerable.Range(0, random.Next(5)).ToDictionary(n => "n" + n + Text(random), _ => Text(random));
            var data = new byte[random.Next(300)];
            random.NextBytes(data);
            var published = Time(random);
            var message = new JsonObject { ["data"] = Convert.ToBase64String(data), [Either(random, "messageId", "message_id")] = "m" + Text(random), [Either(random, "publishTime", "publish_time")] = published.Text };
            var expectedKey = random.Next(2) == 0 ? "" : "k" + Text(random);
            if (expectedKey.Length > 0)
            {
                message[Either(random, "orderingKey", "ordering_key")] = expectedKey;
            }

            if (attributes.Count > 0)
            {
                message["attributes"] = new JsonObject(attributes.Select(static attribute => KeyValuePair.Create(attribute.Key, (JsonNode?)attribute.Value)));
            }

            var attempt = random.Next(1, 100);
            var noise = new JsonObject { ["x"] = new JsonArray(1, new JsonObject { ["message"] = 1, ["data"] = "***" }) };
            var envelope = Shuffled(random, new() { ["message"] = Shuffled(random, message), ["deliveryAttempt"] = attempt, ["subscription"] = "s", ["noise"] = noise });

            var read = PubSubMessage.Read(Encoding.UTF8.GetBytes(envelope.ToJsonString()));
            var id = (message["messageId"] ?? message["message_id"])!.GetValue<string>();
            Assert.Equal((id, published.Value, expectedKey, attempt), (read.Id, read.PublishTime, read.OrderingKey, read.DeliveryAttempt));
            Assert.Equal(data, read.Data.ToArray());
            Assert.Equal(attributes.OrderBy(static pair => pair.Key, StringComparer.Ordinal), (read.Attributes ?? CloudEventEnvelope.NoExtensions).OrderBy(static pair => pair.Key, StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void Events_are_read_as_they_were_written_in_both_modes(int seed, bool structured)
    {
        var random = new Random(seed);
        for (var i = 0; i < Rounds; i++)
        {
            var time = Time(random);
            Dictionary<string, string> attributes = new()
            {
                ["specversion"] = "1.0", ["id"] = "i" + Text(random), ["source"] = "//s/" + Uri.EscapeDataString(Text(random)), ["type"] = "t" + Text(random), ["time"] = time.Text, ["subject"] = Text(random),
                ["datacontenttype"] = "application/json",
            };
            for (var n = random.Next(4); n > 0; n--)
            {
                attributes["x" + n] = Text(random);
            }

            var data = new JsonObject { ["v"] = Text(random), ["n"] = random.NextDouble() };
            var read = structured ? Structured(random, attributes, data) : Binary(attributes, data);

            Assert.Equal((attributes["id"], attributes["source"], attributes["type"], attributes["subject"], time.Value), (read.Id, read.Source, read.Type, read.Subject, read.Time));
            Assert.Equal(attributes.Where(static pair => pair.Key[0] == 'x').OrderBy(static pair => pair.Key, StringComparer.Ordinal), read.Extensions.OrderBy(static pair => pair.Key, StringComparer.Ordinal));
            Assert.True(JsonNode.DeepEquals(data, JsonNode.Parse(read.Data.Span)));
        }
    }

    private static CloudEventEnvelope Structured(Random random, Dictionary<string, string> attributes, JsonObject data)
    {
        var json = new JsonObject(attributes.Select(static attribute => KeyValuePair.Create(attribute.Key, (JsonNode?)attribute.Value)));
        if (random.Next(2) == 0)
        {
            json["data"] = data.DeepClone();
        }
        else
        {
            json["data_base64"] = Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(data));
        }

        return CloudEventReader.Read("application/cloudevents+json", new HeaderDictionary(), Encoding.UTF8.GetBytes(Shuffled(random, json).ToJsonString()));
    }

    // HTTP binding 3.1.3.2: what is outside of printable ASCII, and space, quote and percent, is percent-encoded.
    private static CloudEventEnvelope Binary(Dictionary<string, string> attributes, JsonObject data)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in attributes)
        {
            if (name != "datacontenttype")
            {
                headers["ce-" + name] = string.Concat(value.EnumerateRunes().Select(static rune => rune.Value is > ' ' and <= '~' and not ('"' or '%') ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));
            }
        }

        return CloudEventReader.Read(attributes["datacontenttype"], headers, JsonSerializer.SerializeToUtf8Bytes(data));
    }

    private static JsonObject Shuffled(Random random, JsonObject json)
    {
        var members = json.Select(static member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())).ToArray();
        random.Shuffle(members);
        return new JsonObject(members);
    }

    private static string Either(Random random, string one, string other) => random.Next(2) == 0 ? one : other;

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    private static (string Text, DateTimeOffset Value) Time(Random random)
    {
        var value = new DateTimeOffset(random.NextInt64(DateTimeOffset.UnixEpoch.Ticks, new DateTime(2100, 1, 1).Ticks), TimeSpan.Zero).ToOffset(random.Next(2) == 0 ? TimeSpan.Zero : TimeSpan.FromMinutes(random.Next(-14, 15) * 30));
        var digits = random.Next(0, 10);
        value = value.AddTicks(-(value.Ticks % (long)Math.Pow(10, 7 - Math.Min(digits, 7))));
        var fraction = digits == 0 ? "" : "." + (value.Ticks % TimeSpan.TicksPerSecond).ToString("0000000", CultureInfo.InvariantCulture).PadRight(9, '5')[..digits];
        return (value.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + fraction + (value.Offset == TimeSpan.Zero ? "Z" : value.ToString("zzz", CultureInfo.InvariantCulture)), value);
    }
}
