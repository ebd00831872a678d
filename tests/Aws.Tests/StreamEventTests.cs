using System.Text;
using System.Text.Json;
using Portable.Aws.Events;
using Portable.Runtime;
using Portable.TestKit;
using static Portable.Aws.Tests.MessageFixtures;

namespace Portable.Aws.Tests;

/// <summary>Kinesis and DynamoDB Streams: order, checkpoints, images.</summary>
public sealed class StreamEventTests
{
    private const string Good = """{"id":"g","total":5}""";
    private const string Bad = """{"id":"b","total":-1}""";

    private readonly List<string> _seen = [];

    [Fact]
    [Supports("Stream trigger", "aws managed")]
    public async Task A_record_of_a_stream_says_where_it_stands()
    {
        Assert.Equal("""{"batchItemFailures":[]}""", await Functions(_seen).InvokeAsync("Stream", Kinesis(("495", Good))));
        Assert.Equal(["shardId-000000000006:495 p1 495 2016-12-02T01:18:43.4770000+00:00 g:5"], _seen);
    }

    [Theory]
    [Supports("Ordered sources stop at the first failure", "aws managed")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stream_begins_again_at_the_first_failure(bool batches)
    {
        var answer = await Functions(_seen, batches).InvokeAsync("Stream", Kinesis(("1", Good), ("2", "no json"), ("3", Good)));
        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"2"}]}""", answer);
        Assert.Single(_seen); // nothing behind the failure was handled
    }

    [Fact]
    public async Task A_handler_that_throws_holds_the_stream_there() =>
        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"1"}]}""", await Functions(_seen).InvokeAsync("Stream", Kinesis(("1", Bad), ("2", Good))));

    [Fact]
    public async Task A_record_whose_data_is_no_base64_fails_alone()
    {
        var json = Kinesis(("1", Good), ("2", "spoilt"), ("3", Good)).Replace(Convert.ToBase64String("spoilt"u8), "%%%", StringComparison.Ordinal);
        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"2"}]}""", await Functions(_seen).InvokeAsync("Stream", json));
        Assert.Single(_seen);
    }

    [Fact]
    [Supports("Table trigger", "aws managed")]
    public async Task A_change_of_a_row_has_its_images_as_plain_JSON()
    {
        Assert.Equal("""{"batchItemFailures":[]}""", await Functions(_seen).InvokeAsync("Table", DynamoDb(
            ("1", "INSERT", null, Row("a", 1)), ("2", "MODIFY", Row("a", 1), Row("a", 2)), ("3", "REMOVE", Row("a", 2), null))));
        Assert.Equal(
            [
                "Inserted a/7 - -> a:1 2016-12-02T01:27:00.0000000+00:00",
                "Modified a/7 a:1 -> a:2 2016-12-02T01:27:00.0000000+00:00",
                "Removed a/7 a:2 -> - 2016-12-02T01:27:00.0000000+00:00",
            ], _seen);
    }

    [Theory]
    [InlineData("""{"total":{"N":"x"}}""")]
    [InlineData("""{"total":{"N":1}}""")]
    [InlineData("""{"total":{}}""")]
    [InlineData("""{"total":{"S":"a","N":"1"}}""")]
    [InlineData("""{"total":{"Q":"a"}}""")]
    [InlineData("""{"total":"a"}""")]
    [InlineData("[]")]
    public async Task A_row_of_no_known_type_fails_alone(string image)
    {
        var answer = await Functions(_seen).InvokeAsync("Table", DynamoDb(("1", "INSERT", null, Row("a", 1)), ("2", "INSERT", null, image), ("3", "INSERT", null, Row("c", 3))));
        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"2"}]}""", answer);
        Assert.Single(_seen);
    }

    [Fact]
    public void Every_type_of_DynamoDB_has_a_plain_form()
    {
        const string Typed = """
            {"s":{"S":"caf\u00e9 \"q\""},"n":{"N":"-3.14E+2"},"b":{"B":"AAEqQQ=="},"t":{"BOOL":true},"f":{"BOOL":false},"z":{"NULL":true},
             "ss":{"SS":["Hippo","Zebra"]},"ns":{"NS":["0","50"]},"bs":{"BS":["AAEqQQ==","QSoBAA=="]},"l":{"L":[{"S":"a"},{"N":"1"},{"L":[]},{"M":{}}]},"m":{"M":{"x":{"M":{"y":{"N":"0"}}}}},"é":{"S":""}}
            """;
        const string Plain = """
            {"s":"caf\u00e9 \"q\"","n":-3.14E+2,"b":"AAEqQQ==","t":true,"f":false,"z":null,"ss":["Hippo","Zebra"],"ns":[0,50],"bs":["AAEqQQ==","QSoBAA=="],"l":["a",1,[],{}],"m":{"x":{"y":0}},"é":""}
            """;
        var batch = DynamoDbEvent.Read(Encoding.UTF8.GetBytes(DynamoDb(("1", "INSERT", null, Typed))));
        Assert.Equal(Plain, Encoding.UTF8.GetString(Assert.IsType<RowChanged>(batch.Messages[0].Detail).New.Span));
    }

    [Fact]
    public void Rows_may_nest_as_deep_as_DynamoDB_lets_them()
    {
        const int Levels = 32; // the most that DynamoDB takes
        var typed = string.Concat(Enumerable.Repeat("""{"M":{"a":""", Levels)) + """{"N":"1"}""" + string.Concat(Enumerable.Repeat("}}", Levels));
        var batch = DynamoDbEvent.Read(Encoding.UTF8.GetBytes(DynamoDb(("1", "INSERT", null, "{\"a\":" + typed + "}"))));
        using var plain = JsonDocument.Parse(Assert.IsType<RowChanged>(batch.Messages[0].Detail).New);
        Assert.Equal(JsonValueKind.Object, plain.RootElement.ValueKind);
    }

    [Fact]
    public void A_million_braces_are_malformed() =>
        Assert.Throws<MalformedEventException>(() => DynamoDbEvent.Read(Encoding.UTF8.GetBytes(DynamoDb(("1", "INSERT", null, string.Concat(Enumerable.Repeat("{\"M\":", 1_000_000)))))));

    [Fact]
    public async Task The_vendors_own_events_are_read()
    {
        var kinesis = KinesisEvent.Read(await File.ReadAllBytesAsync(RepositoryFolder.SharedOrSkip("aws/aws-lambda-dotnet/kinesis-event.json"), TestContext.Current.CancellationToken));
        Assert.Equal(["Hello World", "Hello World"], kinesis.Messages.Select(static message => Encoding.UTF8.GetString(message.Body.Span)));
        var table = DynamoDbEvent.Read(await File.ReadAllBytesAsync(RepositoryFolder.SharedOrSkip("aws/aws-lambda-dotnet/dynamodb-event.json"), TestContext.Current.CancellationToken));
        Assert.Equal([TableChangeKind.Inserted, TableChangeKind.Removed], table.Messages.Select(static message => ((RowChanged)message.Detail!).Kind));
        Assert.All(table.Messages, static message => Assert.Equal("binary/data", ((RowChanged)message.Detail!).Key));
        using var image = JsonDocument.Parse(((RowChanged)table.Messages[0].Detail!).New);
        Assert.Equal(3.14159m, image.RootElement.GetProperty("misc2").GetProperty("ItemsNonEmpty")[2].GetDecimal());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"Records\":[{}]}")]
    [InlineData("{\"Records\":[{\"kinesis\":null,\"dynamodb\":[]}]}")]
    [InlineData("{\"Records\":[{\"messageId\":\"1\",\"body\":\"x\"}]}")]
    [InlineData("{\"Records\":[1]}")]
    [InlineData("{\"Records\":[]} x")]
    public void What_is_no_batch_is_malformed(string json)
    {
        Assert.Throws<MalformedEventException>(() => KinesisEvent.Read(Encoding.UTF8.GetBytes(json)));
        Assert.Throws<MalformedEventException>(() => DynamoDbEvent.Read(Encoding.UTF8.GetBytes(json)));
    }
}
