using System.Globalization;
using System.Text;
using Portable.Aws.RuntimeApi;

namespace Portable.Aws.Tests;

/// <summary>The HTTP client's reading half: however the bytes arrive, the same answers come out.</summary>
public sealed class ResponseReaderTests
{
    [Fact]
    public void Any_sequence_of_answers_survives_any_split()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var bodies = new List<byte[]>();
            using var wire = new MemoryStream();
            for (var i = random.Next(1, 5); i > 0; i--)
            {
                var body = new byte[random.Next(4) == 0 ? random.Next(100_000) : random.Next(200)];
                random.NextBytes(body);
                bodies.Add(body);
                Write(wire, body, random);
            }

            var reader = new ResponseReader();
            var transport = new ScriptedTransport(wire.ToArray(), random);
            foreach (var body in bodies)
            {
                Assert.True(reader.TryRead(transport), $"seed {seed}");
                Assert.Equal(200, reader.Head.StatusCode);
                Assert.Equal("id-7", reader.Head.RequestId);
                Assert.Equal(1542409706888, reader.Head.DeadlineMs);
                Assert.Equal("Root=1", reader.Head.TraceId);
                Assert.True(body.AsSpan().SequenceEqual(reader.Body.Span), $"seed {seed}");
            }

            Assert.False(reader.HasUnread);
            Assert.False(reader.TryRead(transport));
        }
    }

    [Fact]
    public void A_connection_that_ends_early_gives_no_answer()
    {
        var random = new Random(1);
        using var wire = new MemoryStream();
        Write(wire, new byte[300], random);
        var bytes = wire.ToArray();
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(new ResponseReader().TryRead(new ScriptedTransport(bytes[..length], random)), $"after {length} bytes");
        }
    }

    [Fact]
    public void Mutated_answers_are_read_or_refused_but_never_break_the_reader()
    {
        for (var seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            using var wire = new MemoryStream();
            Write(wire, new byte[random.Next(300)], random);
            var bytes = wire.ToArray();
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                new ResponseReader().TryRead(new ScriptedTransport(bytes, random));
            }
            catch (RuntimeApiException)
            {
                // The documented way to say that this is no HTTP.
            }
        }
    }

    [Fact]
    public void Without_a_length_the_body_ends_with_the_connection()
    {
        var reader = new ResponseReader();
        Assert.True(reader.TryRead(new ScriptedTransport("HTTP/1.0 200 OK\r\n\r\nrest"u8.ToArray(), new Random(1))));
        Assert.Equal("rest", Encoding.ASCII.GetString(reader.Body.Span));
        Assert.True(reader.Head.Close);
    }

    [Fact]
    public void Interim_answers_are_passed_over_and_204_has_no_body()
    {
        var reader = new ResponseReader();
        Assert.True(reader.TryRead(new ScriptedTransport("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\nconnection: CLOSE\r\n\r\n"u8.ToArray(), new Random(1))));
        Assert.Equal(204, reader.Head.StatusCode);
        Assert.True(reader.Body.IsEmpty);
        Assert.True(reader.Head.Close);
    }

    [Theory]
    [InlineData("HTTP/2 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 2x0 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1x\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n")]
    public void What_is_no_http_is_refused(string wire) =>
        Assert.Throws<RuntimeApiException>(() => new ResponseReader().TryRead(new ScriptedTransport(Encoding.ASCII.GetBytes(wire), new Random(1))));

    private static void Write(MemoryStream wire, byte[] body, Random random)
    {
        var head = "HTTP/1.1 200 OK\r\nDate: today\r\nlambda-runtime-AWS-Request-Id:  id-7 \r\nLambda-Runtime-Deadline-Ms: 1542409706888\r\nLambda-Runtime-Trace-Id: Root=1\r\n";
        if (random.Next(2) == 0)
        {
            wire.Write(Encoding.ASCII.GetBytes($"{head}Content-Length: {body.Length}\r\n\r\n"));
            wire.Write(body);
            return;
        }

        wire.Write(Encoding.ASCII.GetBytes(head + "Transfer-Encoding: Chunked\r\n\r\n"));
        for (var offset = 0; offset < body.Length;)
        {
            var size = Math.Min(body.Length - offset, random.Next(1, 1 + (body.Length / 4) + 10));
            wire.Write(Encoding.ASCII.GetBytes(size.ToString(random.Next(2) == 0 ? "x" : "X4", CultureInfo.InvariantCulture) + (random.Next(4) == 0 ? ";a=b\r\n" : "\r\n")));
            wire.Write(body, offset, size);
            wire.Write("\r\n"u8);
            offset += size;
        }

        wire.Write(random.Next(3) == 0 ? "0\r\nTrailer: x\r\n\r\n"u8 : "0\r\n\r\n"u8);
    }

    private sealed class ScriptedTransport(byte[] wire, Random random) : ITransport
    {
        private int _sent;

        public int Receive(Span<byte> buffer)
        {
            Assert.False(buffer.IsEmpty, "An empty buffer would read as the end.");
            var most = random.Next(3) == 0 ? random.Next(1, 8) : random.Next(1, 20_000);
            var count = Math.Min(Math.Min(most, buffer.Length), wire.Length - _sent);
            wire.AsSpan(_sent, count).CopyTo(buffer);
            _sent += count;
            return count;
        }
    }
}
