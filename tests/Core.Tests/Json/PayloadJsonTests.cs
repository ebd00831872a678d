using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Portable.Runtime.Json;

namespace Portable.Core.Tests.Json;

/// <summary>Payloads that are meant to harm: each is refused with a reason that does not repeat it.</summary>
public sealed partial class PayloadJsonTests
{
    public static TheoryData<string, string> Repeated => new()
    {
        { """{"id":"1","id":"2"}""", "id" },
        { """{"id":"1","\u0069d":"2"}""", "\\u0069d" },
        { """{"id":"1","lines":[{"a":1},{"a":1,"b":{"c":1,"c":2}}]}""", "c" },
        { """{"x":{"id":1},"id":"1","id":"2"}""", "id" },
        { """{"":1,"":2}""", "" },
        { "{" + string.Join(',', Enumerable.Range(0, 40).Select(static i => $"\"m{i}\":{i}")) + ",\"m3\":1}", "m3" },
        { "[" + string.Concat(Enumerable.Repeat("{\"a\":1},", 500)) + "{\"a\":1,\"a\":2}]", "a" },
    };

    [Theory]
    [MemberData(nameof(Repeated))]
    public void A_member_twice_is_refused(string json, string name)
    {
        var error = Assert.Throws<PayloadException>(() => PayloadJson.Read(Encoding.UTF8.GetBytes(json), Contracts.Default.JsonElement));
        Assert.Equal($"has the member '{name}' twice.", error.Message);
    }

    [Theory]
    [InlineData("""{"id":"id","x":{"id":1},"y":[{"id":1},{"id":2}],"Id":3}""")]
    [InlineData("""{"a":"\"a\":","b":"{\"a\":1,\"a\":2}","\\":1,"\"":2}""")]
    [InlineData("""[]""")]
    [InlineData("\"a\"")]
    [InlineData("7")]
    [InlineData("""{"a":{"b":{"c":{}}},"b":[[[{"a":1}]]],"c":1}""")]
    public void The_same_name_elsewhere_is_not(string json) => PayloadJson.Read(Encoding.UTF8.GetBytes(json), Contracts.Default.JsonElement);

    [Fact]
    public void Objects_of_any_size_and_depth_are_looked_through()
    {
        var large = "{" + string.Join(',', Enumerable.Range(0, 5000).Select(static i => $"\"m{i}\":{{\"m{i}\":1}}")) + "}";
        Assert.Equal(5000, PayloadJson.Read(Encoding.UTF8.GetBytes(large), Contracts.Default.JsonElement).EnumerateObject().Count());
        Assert.Throws<PayloadException>(() => PayloadJson.Read(Encoding.UTF8.GetBytes(large[..^1] + ",\"m4999\":1}"), Contracts.Default.JsonElement));
    }

    public static TheoryData<string, byte[]> Hostile => new()
    {
        { "nested too deep", Encoding.UTF8.GetBytes(new string('[', 100_000) + new string(']', 100_000)) },
        { "cut off", """{"id":"1","count":"""u8.ToArray() },
        { "a number beyond its type", """{"id":"1","count":99999999999999999999999}"""u8.ToArray() },
        { "a number beyond all types", """{"id":"1","count":1e999}"""u8.ToArray() },
        { "another type", """{"id":{},"count":1}"""u8.ToArray() },
        { "no UTF-8", [.. "{\"id\":\"a"u8, 0xFF, 0xFE, .. "\",\"count\":1}"u8] },
        { "an overlong encoding", [.. "{\"id\":\"a"u8, 0xC0, 0xAF, .. "\",\"count\":1}"u8] },
        { "half a surrogate pair", """{"id":"\ud800","count":1}"""u8.ToArray() },
        { "no Unicode in what nobody reads", """{"id":"1","count":1,"x":"\ud800"}"""u8.ToArray() },
        { "the other half", """{"id":"\udc00\ud800","count":1}"""u8.ToArray() },
        { "a constructor that refuses", """{"id":"boom","count":1}"""u8.ToArray() },
        { "something behind", """{"id":"1","count":1} {}"""u8.ToArray() },
        { "a comment", """{"id":"1",/* */"count":1}"""u8.ToArray() },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_payloads_have_one_kind_of_error(string what, byte[] json)
    {
        var error = Assert.Throws<PayloadException>(() => PayloadJson.Read(json, Contracts.Default.Payload));
        Assert.True(error.Message.Length is > 10 and < 200, $"{what}: {error.Message}");
    }

    [Theory]
    [InlineData("\"\\ud83d\\ude00 \\\\ud800 \\n\\u00e9\"", true)]
    [InlineData("\"\\ud83d\"", false)]
    [InlineData("\"\\ud83d\\n\"", false)]
    [InlineData("\"\\ud83dx\\ude00\"", false)]
    [InlineData("\"\\ude00\"", false)]
    [InlineData("\"\\uD83D\\uDE00\\uD83D\"", false)]
    [InlineData("\"\\\\\\ud83d\\ude00\"", true)]
    public void A_document_has_texts_alone(string json, bool isText)
    {
        if (isText)
        {
            using var document = WireJson.Parse(json);
            Assert.NotNull(document.RootElement.GetString());
        }
        else
        {
            Assert.ThrowsAny<JsonException>(() => WireJson.Parse(json).Dispose());
        }
    }

    public sealed record Payload
    {
        [JsonConstructor]
        public Payload(string id, int count) => (Id, Count) = (id == "boom" ? throw new ArgumentException(id) : id, count);

        public string Id { get; }

        public int Count { get; }
    }

    [JsonSerializable(typeof(Payload))]
    [JsonSerializable(typeof(JsonElement))]
    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    internal sealed partial class Contracts : JsonSerializerContext;
}
