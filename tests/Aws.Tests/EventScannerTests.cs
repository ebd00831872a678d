using System.Text;
using System.Text.Json;
using Portable.Aws.Events;

namespace Portable.Aws.Tests;

/// <summary>The scanner beside System.Text.Json: what it reads is the same, and what is no JSON where it walks is refused.</summary>
public sealed class EventScannerTests
{
    [Fact]
    public void It_reads_what_SystemTextJson_reads()
    {
        var random = new Random(1);
        for (var round = 0; round < 3000; round++)
        {
            var members = Enumerable.Range(0, random.Next(6)).Select(i => (Name: "m" + i, Value: Value(random, 3))).ToList();
            var space = random.Next(3) switch { 0 => "", 1 => " ", _ => "\r\n\t" };
            var json = Encoding.UTF8.GetBytes($"{space}{{{space}{string.Join($"{space},{space}", members.Select(member => $"\"{member.Name}\"{space}:{space}{member.Value}"))}{space}}}{space}");
            using var document = JsonDocument.Parse(json);
            var scanner = new EventScanner(json);
            scanner.BeginDocument();
            foreach (var member in document.RootElement.EnumerateObject())
            {
                Assert.True(scanner.NextProperty(out var name));
                Assert.Equal(member.Name, Encoding.UTF8.GetString(name));
                var isText = member.Value.ValueKind == JsonValueKind.String;
                switch (random.Next(3))
                {
                    case 0:
                        scanner.Skip();
                        break;
                    case 1:
                        Assert.Equal(isText ? member.Value.GetString() : null, scanner.ReadString());
                        break;
                    default:
                        var bytes = scanner.ReadBytes(json);
                        Assert.Equal(isText ? member.Value.GetString() : null, bytes is { } read ? Encoding.UTF8.GetString(read.Span) : null);
                        break;
                }
            }

            Assert.False(scanner.NextProperty(out _));
            scanner.EndDocument();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"a\"")]
    [InlineData("{\"a\":")]
    [InlineData("{\"a\":}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{,\"a\":1}")]
    [InlineData("{\"a\":1 \"b\":2}")]
    [InlineData("{\"a\":\"x}")]
    [InlineData("{\"a\":\"x\\\"}")]
    [InlineData("{\"a\":\"x\\")]
    [InlineData("{\"a\":[1,2}")]
    [InlineData("{\"a\":{\"b\":[}")]
    [InlineData("{a:1}")]
    [InlineData("{\"a\":1}x")]
    [InlineData("{\"a\":1}}")]
    [InlineData("[]")]
    [InlineData("{\"a\":\u00e9}")]
    public void What_it_walks_must_be_JSON(string json)
    {
        Assert.ThrowsAny<Exception>(() => Walk(Encoding.UTF8.GetBytes(json), read: false));
        var error = Record.Exception(() => Walk(Encoding.UTF8.GetBytes(json), read: true));
        Assert.True(error is JsonException or MalformedEventException, error?.ToString());
    }

    [Theory]
    [InlineData("""\ud800""")]
    [InlineData("""\x""")]
    [InlineData("""\u12""")]
    [InlineData("""abc\ud83d""")]
    public void A_text_that_is_none_is_no_text(string text)
    {
        var json = Encoding.UTF8.GetBytes($$"""{"a":"{{text}}"}""");
        var error = Record.Exception(() => Walk(json, read: true));
        Assert.True(error is JsonException or InvalidOperationException, error?.ToString());
    }

    [Fact]
    public void A_hundred_thousand_brackets_are_leapt_over_without_a_stack()
    {
        var nested = new string('[', 100_000) + new string(']', 100_000);
        Walk(Encoding.UTF8.GetBytes($$"""{"a":{{nested}},"b":1}"""), read: true);
    }

    private static void Walk(byte[] json, bool read)
    {
        var scanner = new EventScanner(json);
        scanner.BeginDocument();
        while (scanner.NextProperty(out _))
        {
            if (read)
            {
                scanner.ReadString();
            }
            else
            {
                scanner.Skip();
            }
        }

        scanner.EndDocument();
    }

    private static string Value(Random random, int depth) => random.Next(depth > 0 ? 8 : 6) switch
    {
        0 => "null",
        1 => random.Next(2) == 0 ? "true" : "false",
        2 => random.Next(-1000, 1000) + (random.Next(2) == 0 ? "" : ".5e-3"),
        3 => Text(random, random.Next(2000)),
        4 => Text(random, random.Next(40)),
        5 => "\"" + new string('x', random.Next(100)) + "\"",
        6 => "[" + string.Join(", ", Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth - 1))) + "]",
        _ => "{" + string.Join(",", Enumerable.Range(0, random.Next(4)).Select(i => $"\"k{i}\": {Value(random, depth - 1)}")) + "}",
    };

    private static string Text(Random random, int length)
    {
        string[] parts = ["a", "bc ", "\\\"", "\\\\", "\\n", "\\/", "\\t", "\\b", "\\f", "\\r", "\\u00e9", "é", "😀", "{", "}", "[", "]", ",", ":", "\\ud83d\\ude00"];
        var plain = random.Next(2) == 0; // without escapes that take more than a letter
        var text = new StringBuilder("\"");
        while (text.Length < length)
        {
            var part = parts[random.Next(parts.Length)];
            text.Append(plain && part.StartsWith("\\u", StringComparison.Ordinal) ? "z" : part);
        }

        return text.Append('"').ToString();
    }
}
