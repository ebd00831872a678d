using System.Text;
using Portable.TestKit.ExternalTools;

namespace Portable.Idempotency.Tests.Parts;

public sealed class RedisTests
{
    [Theory]
    [InlineData("redis://cache", "cache", 6379, null, null, 0, false)]
    [InlineData("rediss://me:p%40ss@cache:6380/2", "cache", 6380, "me", "p@ss", 2, true)]
    [InlineData("redis://:secret@127.0.0.1:1", "127.0.0.1", 1, null, "secret", 0, false)]
    [InlineData("cache", "cache", 6379, null, null, 0, false)]
    [InlineData("cache:6380,password=a=b,ssl=True,abortConnect=False,user=me,defaultDatabase=3", "cache", 6380, "me", "a=b", 3, true)]
    public void An_address_is_read(string text, string host, int port, string? user, string? password, int database, bool tls) =>
        Assert.Equal(new RedisAddress(host, port, user, password, database, tls), RedisAddress.Parse(text));

    [Theory]
    [InlineData("http://me:hunter2@cache")]
    [InlineData("redis://")]
    [InlineData("redis://cache/hunter2")]
    [InlineData("password=hunter2")]
    [InlineData("cache:hunter2")]
    [InlineData("cache,ssl=hunter2")]
    [InlineData("cache,syncTimeout=hunter2")]
    public void A_malformed_address_is_refused_without_repeating_it(string text) =>
        Assert.DoesNotContain("hunter2", Assert.Throws<FormatException>(() => RedisAddress.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_connection_that_is_cut_is_made_again()
    {
        using var server = RedisServer.StartOrSkip();
        var address = RedisAddress.Parse($"127.0.0.1:{server.Port}");
        await using var client = new RedisClient(address, TimeProvider.System);
        Assert.Equal("1", await EchoAsync(client, "1"));

        var other = await RedisConnection.OpenAsync(address, TimeProvider.System, TestContext.Current.CancellationToken);
        await other.SendAsync([.. "CLIENT KILL TYPE normal SKIPME yes".Split(' ').Select(Encoding.ASCII.GetBytes)]);
        other.Abort();
        Assert.Equal("2", await EchoAsync(client, "2"));
    }

    [Fact]
    public async Task An_error_of_the_server_is_no_answer_and_leaves_the_connection_usable()
    {
        using var server = RedisServer.StartOrSkip();
        await using var client = new RedisClient(RedisAddress.Parse($"127.0.0.1:{server.Port}"), TimeProvider.System);
        var error = await Assert.ThrowsAsync<RedisException>(() => client.EvaluateAsync("return redis.error_reply('NO such thing')", "k", [], TestContext.Current.CancellationToken).AsTask());
        Assert.Contains("NO such thing", error.Message, StringComparison.Ordinal);
        Assert.Equal("3", await EchoAsync(client, "3"));
    }

    [Theory]
    [InlineData("$5\r\nhello\r\n", "hello")]
    [InlineData("*2\r\n$-1\r\n:7\r\n", "[,7]")]
    [InlineData("+OK\r\n", "OK")]
    [InlineData("*0\r\n", "[]")]
    public async Task An_answer_is_read_however_it_arrives(string bytes, string expected)
    {
        Assert.Equal(expected, Show(await new RedisReader(new MemoryStream(Encoding.ASCII.GetBytes(bytes))).ReadAsync()));
        Assert.Equal(expected, Show(await new RedisReader(new Trickle(Encoding.ASCII.GetBytes(bytes))).ReadAsync()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello\r\n")]
    [InlineData("$99999999999\r\n")]
    [InlineData("$5\r\nhel")]
    [InlineData("$2\r\nhello\r\n")]
    [InlineData("*9999999\r\n")]
    [InlineData("*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n")]
    [InlineData("+OK\n")]
    public Task What_is_no_answer_ends_the_connection(string bytes) =>
        Assert.ThrowsAnyAsync<IOException>(() => new RedisReader(new MemoryStream(Encoding.ASCII.GetBytes(bytes))).ReadAsync().AsTask());

    private static async Task<string> EchoAsync(RedisClient client, string text) =>
        Encoding.ASCII.GetString((await client.EvaluateAsync("return {ARGV[1]}", "k", [Encoding.ASCII.GetBytes(text)], TestContext.Current.CancellationToken))[0]);

    private static string Show(RedisValue value) => value switch
    {
        RedisValue.One { Bytes: var bytes } => bytes is null ? "" : Encoding.ASCII.GetString(bytes),
        RedisValue.Many { Values: var values } => $"[{string.Join(',', values.Select(Show))}]",
        _ => "error",
    };

    /// <summary>One byte at a time.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
    }
}
