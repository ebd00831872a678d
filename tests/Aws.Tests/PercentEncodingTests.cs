using System.Net;
using System.Text;
using Portable.Aws.Events;

namespace Portable.Aws.Tests;

public sealed class PercentEncodingTests
{
    [Fact]
    public void Whatever_was_encoded_comes_back()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var text = RandomText(new Random(seed));
            Assert.Equal(text, PercentEncoding.DecodeQuery(Uri.EscapeDataString(text)));
            Assert.Equal(text, PercentEncoding.DecodeQuery(WebUtility.UrlEncode(text)));
            Assert.Equal(text, PercentEncoding.DecodePath(Uri.EscapeDataString(text).Replace("%2F", "/", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Any_text_decodes_as_the_framework_decodes_it()
    {
        const string Alphabet = "%%%%0123456789abcdefABCDEFgz+é/ ";
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var text = string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            Assert.Equal(Uri.UnescapeDataString(text.Replace('+', ' ')), PercentEncoding.DecodeQuery(text));
        }
    }

    [Theory]
    [InlineData("/a%20b", "/a b")]
    [InlineData("/a+b", "/a+b")]
    [InlineData("/a%2Fb%2fc", "/a%2Fb%2fc")]
    [InlineData("/%C3%A9%F0%9F%98%80", "/é😀")]
    [InlineData("/%C3%28", "/%C3(")]
    [InlineData("/%C0%AF", "/%C0%AF")]
    [InlineData("/%ED%A0%80", "/%ED%A0%80")]
    [InlineData("/%zz%2", "/%zz%2")]
    [InlineData("/%00", "/\0")]
    public void Paths_decode_as_in_a_web_server(string path, string expected) => Assert.Equal(expected, PercentEncoding.DecodePath(path));

    [Theory]
    [InlineData("a=1&b=2&a=3", "a", "1|3")]
    [InlineData("A=1", "a", "1")]
    [InlineData("a", "a", "")]
    [InlineData("a=", "a", "")]
    [InlineData("&&a=1&", "a", "1")]
    [InlineData("a=b=c", "a", "b=c")]
    [InlineData("a%20b=1+2", "a b", "1 2")]
    [InlineData("a=1,2", "a", "1,2")]
    [InlineData("b=1", "a", null)]
    [InlineData("", "a", null)]
    public void Query_strings_are_read_pair_by_pair(string query, string name, string? expected)
    {
        Assert.Equal(expected?.Split('|')[0], QueryString.First(query, name));
        Assert.Equal(expected?.Split('|') ?? [], QueryString.All(query, name));
    }

    [Fact]
    public void Random_pairs_come_back_in_order()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var pairs = Enumerable.Range(0, random.Next(8)).Select(_ => (Key: "k" + random.Next(3), Value: RandomText(random))).ToArray();
            var query = string.Join('&', pairs.Select(static pair => pair.Key + "=" + Uri.EscapeDataString(pair.Value)));
            for (var key = 0; key < 3; key++)
            {
                Assert.Equal(pairs.Where(pair => pair.Key == "k" + key).Select(static pair => pair.Value), QueryString.All(query, "K" + key));
            }
        }
    }

    private static string RandomText(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(random.Next(10) == 0 ? 400 : 12); i > 0; i--)
        {
            var value = random.Next(4) switch { 0 => random.Next(0x80), 1 => random.Next(0x800), 2 => random.Next(0xD800), _ => random.Next(0x10000, 0x110000) };
            text.Append(new Rune(value));
        }

        return text.ToString();
    }
}
