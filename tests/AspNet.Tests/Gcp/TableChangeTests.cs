using System.Net;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Portable.Gcp.Firestore;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Gcp;

/// <summary>Changes of Firestore's documents, in protobuf and in JSON; the vendor's protobuf library is the judge of the first.</summary>
public sealed class TableChangeTests
{
    private const string Written = "google.cloud.firestore.document.v1.written";
    private const string Document = "projects/project-id/databases/(default)/documents/orders/7";

    private readonly TriggersApp _app = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("DocumentEventData-simple.pb", "application/protobuf")]
    [InlineData("DocumentEventData-simple.json", "application/json; charset=utf-8")]
    [InlineData("DocumentEventData-complex.pb", "application/protobuf")]
    [InlineData("DocumentEventData-complex.json", "application/json")]
    public async Task Published_documents_are_read(string file, string contentType)
    {
        var data = await File.ReadAllBytesAsync(Path.Combine(RepositoryFolder.SharedOrSkip("gcp/testdata/firestore"), file), Token);
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(GoogleRequests.Event(Written, data, contentType, ("document", "gcf-test/x"))));

        var change = _app.Single<TableChange<JsonObject>>();
        if (file.Contains("simple", StringComparison.Ordinal))
        {
            Assert.Equal((TableChangeKind.Modified, "gcf-test/2Vm2mI1d0wIaK2Waj5to", "event-id"), (change.Kind, change.Key, change.Id));
            AssertJson("""{"another test":"asd","count":3,"foo":"bar"}""", change.Old);
            AssertJson("""{"another test":"asd","count":4,"foo":"bar"}""", change.New);
            return;
        }

        Assert.Equal((TableChangeKind.Inserted, "gcf-test/IH75dRdeYJKd4uuQiqch"), (change.Kind, change.Key));
        Assert.Null(change.Old);
        AssertJson(
            """
            {"arrayValue":[1,2],"booleanValue":true,"doubleValue":5.5,"geoPointValue":{"latitude":51.4543,"longitude":-0.9781},"intValue":50,
            "mapValue":{"field1":"x","field2":["x",1]},"nullValue":null,"referenceValue":"projects/project-id/databases/(default)/documents/foo/bar/baz/qux",
            "stringValue":"text","timestampValue":"2020-04-23T14:23:53.241Z"}
            """,
            change.New);
    }

    [Theory]
    [InlineData("created", null, """{"a":1}""", TableChangeKind.Inserted)]
    [InlineData("updated", """{"a":1}""", """{"a":2}""", TableChangeKind.Modified)]
    [InlineData("deleted", """{"a":1}""", null, TableChangeKind.Removed)]
    [InlineData("written", null, """{"a":1}""", TableChangeKind.Inserted)]
    [InlineData("written", """{"a":1}""", "{}", TableChangeKind.Modified)]
    [InlineData("written", """{"a":1}""", null, TableChangeKind.Removed)]
    [InlineData("deleted.withAuthContext", """{"a":1}""", null, TableChangeKind.Removed)]
    [Supports("Table trigger", "gcp native")]
    public async Task A_document_that_changed_has_its_images(string kind, string? before, string? after, TableChangeKind expected)
    {
        var data = DocumentJudge.Encode(Document, before is null ? null : JsonNode.Parse(before)!.AsObject(), after is null ? null : JsonNode.Parse(after)!.AsObject());
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(GoogleRequests.Event("google.cloud.firestore.document.v1." + kind, data, "application/protobuf")));
        AssertChange(expected, before, after);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Supports("Table trigger", "gcp managed")]
    public async Task The_vendors_framework_hands_over_bytes_or_json(bool protobuf)
    {
        // Its data is byte[] for application/protobuf, a JsonElement for JSON.
        object data = protobuf ? DocumentJudge.Encode(Document, null, new JsonObject { ["a"] = 1L })
            : System.Text.Json.JsonElement.Parse("""{"value":{"name":"DOCUMENT","fields":{"a":{"integerValue":"1"}}},"oldValue":null}""".Replace("DOCUMENT", Document, StringComparison.Ordinal));
        await _app.HandleAsync("table", data, ("id", "1"), ("source", "//firestore"), ("type", Written), ("datacontenttype", protobuf ? "application/protobuf" : "application/json"));
        AssertChange(TableChangeKind.Inserted, null, """{"a":1}""");
    }

    [Theory]
    [InlineData("application/protobuf", "ff", "protobuf")]
    [InlineData("application/protobuf", "0a05", "protobuf")]
    [InlineData("application/protobuf", "0affffffff0f", "protobuf")]
    [InlineData("application/protobuf", "0b", "protobuf")]
    [InlineData("application/protobuf", "08ffffffffffffffffffff01", "protobuf")]
    [InlineData("application/protobuf", "0a0612046e616d65", "protobuf")]
    [InlineData("application/protobuf", "", "names no document")]
    [InlineData("application/json", "7b7d", "names no document")]
    [InlineData("application/json", "5b5d", "in JSON")]
    [InlineData("application/json", "", "in JSON")]
    public async Task A_document_that_nobody_can_read_is_poison_with_a_reason(string contentType, string hex, string reason)
    {
        Assert.Equal(HttpStatusCode.InternalServerError, await SendAsync(GoogleRequests.Event(Written, Convert.FromHexString(hex), contentType)));
        Assert.Empty(_app.Seen);
        Assert.Contains(reason, Assert.Single(_app.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_without_a_place_in_json_are_texts_and_times_keep_their_precision()
    {
        var fields = new JsonObject { ["t"] = "2020-04-23T14:23:53.2412345Z", ["whole"] = "2020-04-23T14:23:53Z", ["b"] = "AQIDBA==", ["max"] = long.MaxValue, ["min"] = long.MinValue };
        var change = DocumentProtobuf.Read(DocumentJudge.Encode(Document, null, fields));
        AssertJson("""{"t":"2020-04-23T14:23:53.241234500Z","whole":"2020-04-23T14:23:53Z","b":"AQIDBA==","max":9223372036854775807,"min":-9223372036854775808}""", JsonNode.Parse(change.New.Span));

        var typed = """{"value":{"name":"a/documents/b","fields":{"n":{"doubleValue":"NaN"},"i":{"doubleValue":"-Infinity"},"d":{"doubleValue":"1.5"},"u":{"futureValue":{}},"e":{},"m":{"mapValue":{}},"a":{"arrayValue":{}}}}}"""u8;
        var json = DocumentJson.Read(typed);
        AssertJson("""{"n":"NaN","i":"-Infinity","d":1.5,"u":null,"e":null,"m":{},"a":[]}""", JsonNode.Parse(json.New.Span));
    }

    [Fact]
    public void Depth_is_bounded()
    {
        JsonNode deep = "x";
        for (var i = 0; i < PlainJson.MaxDepth - 1; i++)
        {
            deep = new JsonArray(deep);
        }

        Assert.False(DocumentProtobuf.Read(DocumentJudge.Encode(Document, null, new JsonObject { ["a"] = deep.DeepClone() })).New.IsEmpty);
        var tooDeep = DocumentJudge.Encode(Document, null, new JsonObject { ["a"] = new JsonArray(deep) });
        Assert.Contains("deeper", Assert.Throws<FormatException>(() => DocumentProtobuf.Read(tooDeep)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_documents_are_read_as_the_vendors_library_reads_them(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 300; i++)
        {
            var before = random.Next(3) == 0 ? null : RandomFields(random, 0);
            var after = random.Next(3) == 0 ? null : RandomFields(random, 0);
            var encoded = DocumentJudge.Encode(Document, before, after);
            AssertAsTheJudge(encoded, mustRead: true);
            AssertJson(after?.ToJsonString() ?? "null", Parse(DocumentProtobuf.Read(encoded).New));
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Mutated_documents_are_refused_or_read_as_the_vendors_library_reads_them(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 5_000; i++)
        {
            var bytes = DocumentJudge.Encode(Document, RandomFields(random, 2), RandomFields(random, 1));
            for (var edits = random.Next(1, 4); edits > 0; edits--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            AssertAsTheJudge(random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes, mustRead: false);
        }
    }

    // We may refuse more (groups, fields of another wire type, texts that are no UTF-8, times out of range), but never read something else.
    private static void AssertAsTheJudge(byte[] encoded, bool mustRead)
    {
        DocumentChange ours;
        try
        {
            ours = DocumentProtobuf.Read(encoded);
        }
        catch (FormatException) when (!mustRead)
        {
            return;
        }

        (string? Name, JsonObject? Old, JsonObject? New) theirs;
        try
        {
            theirs = DocumentJudge.Decode(encoded);
        }
        catch (InvalidProtocolBufferException e)
        {
            Assert.Fail($"The vendor's library refuses what we read: {e.Message} {Convert.ToHexString(encoded)}");
            return;
        }

        Assert.Equal(theirs.Name, ours.Name);
        AssertSame(theirs.Old, ours.Old, encoded);
        AssertSame(theirs.New, ours.New, encoded);
    }

    private static void AssertSame(JsonObject? theirs, ReadOnlyMemory<byte> ours, byte[] encoded)
    {
        // A document without a name is none; of members that appear twice the last counts, for readers of JSON as for those of protobuf.
        var read = ours.IsEmpty ? null : Last(System.Text.Json.JsonElement.Parse(ours.Span));
        Assert.True(JsonNode.DeepEquals(theirs, read), $"{theirs?.ToJsonString()}\n{read?.ToJsonString()}\n{Convert.ToHexString(encoded)}");
    }

    private static JsonNode? Last(System.Text.Json.JsonElement element)
    {
        switch (element.ValueKind)
        {
            case System.Text.Json.JsonValueKind.Object:
                var result = new JsonObject();
                foreach (var member in element.EnumerateObject())
                {
                    result[member.Name] = Last(member.Value);
                }

                return result;
            case System.Text.Json.JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(Last)]);
            default:
                return JsonNode.Parse(element.GetRawText());
        }
    }

    private static JsonObject RandomFields(Random random, int depth)
    {
        var fields = new JsonObject();
        for (var i = random.Next(5); i > 0; i--)
        {
            fields[random.Next(3) switch { 0 => "a" + i, 1 => "é €" + i, _ => "with space " + i }] = RandomValue(random, depth);
        }

        return fields;
    }

    private static JsonNode? RandomValue(Random random, int depth) => random.Next(depth > 3 ? 8 : 10) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.NextInt64(long.MinValue, long.MaxValue),
        3 => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-300, 300)),
        4 => new DateTimeOffset(2000 + random.Next(50), 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(random.Next(2) * random.Next(10_000_000)) is var time ? TimeText(time) : null,
        5 => Document,
        6 => Convert.ToBase64String([(byte)random.Next(256)]),
        7 => new string('x', random.Next(200)) + "\u0000\"\\€😀",
        8 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => RandomValue(random, depth + 1))]),
        _ => RandomFields(random, depth + 1),
    };

    private static string TimeText(DateTimeOffset time) => time.Ticks % TimeSpan.TicksPerSecond == 0
        ? time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)
        : time.AddTicks(-(time.Ticks % 10_000)) is var whole && whole.Ticks % TimeSpan.TicksPerSecond == 0
            ? whole.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)
            : whole.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static JsonNode? Parse(ReadOnlyMemory<byte> json) => json.IsEmpty ? null : JsonNode.Parse(json.Span);

    private static void AssertJson(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"Expected {expected}\nbut was  {actual?.ToJsonString()}");

    private void AssertChange(TableChangeKind kind, string? before, string? after)
    {
        var change = _app.Single<TableChange<JsonObject>>();
        Assert.Equal((kind, "orders/7"), (change.Kind, change.Key));
        AssertJson(before ?? "null", change.Old);
        AssertJson(after ?? "null", change.New);
    }

    private async Task<HttpStatusCode> SendAsync(HttpRequestMessage request)
    {
        await using var gcp = await _app.StartAsync("table");
        using var response = await gcp.Http.SendAsync(request, Token);
        return response.StatusCode;
    }
}
