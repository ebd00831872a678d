//// one answer is compressed
using System.IO.Compression;

namespace Shop;

public sealed class Orders(IOrderStore store)
{
    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public async Task<byte[]> Get(string id, CancellationToken cancellationToken)
    {
        var order = await store.Find(id, cancellationToken);
        using var bytes = new MemoryStream();
        await using (var zip = new GZipStream(bytes, CompressionLevel.Fastest))
        await using (var writer = new StreamWriter(zip))
        {
            await writer.WriteAsync(order?.CustomerId);
        }

        return bytes.ToArray();
    }
}

//// one archive with two entries
using System.IO.Compression;

namespace Shop;

public static class Exports
{
    [Function, HttpTrigger("POST", "/exports"), AllowAnonymous]
    public static byte[] Export(Order order)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("order.txt");
            zip.CreateEntry("lines.txt");
        }

        return bytes.ToArray();
    }
}

//// messages of a batch are unpacked
using System.IO.Compression;

namespace Shop;

public static class Feed
{
    [Function, HttpTrigger("POST", "/feed"), AllowAnonymous]
    public static int Lines([FromBody] byte[][] parts)
    {
        var lines = 0;
        foreach (var part in parts)
        {
            using var reader = new StreamReader(new GZipStream(new MemoryStream(part), CompressionMode.Decompress));
            while (reader.ReadLine() is not null)
            {
                lines++;
            }
        }

        return lines;
    }
}

//// one picture in three sizes
// library: SixLabors.ImageSharp
using SixLabors.ImageSharp;

namespace Shop;

public static class Thumbnails
{
    private static readonly int[] Widths = [100, 400, 1200];

    [Function, HttpTrigger("POST", "/thumbnails"), AllowAnonymous]
    public static async Task<int> Make([FromBody] byte[] picture, CancellationToken cancellationToken)
    {
        using var image = await Image.LoadAsync(new MemoryStream(picture), cancellationToken);
        foreach (var width in Widths)
        {
            using var bytes = new MemoryStream(width);
            await image.SaveAsPngAsync(bytes, cancellationToken);
        }

        return Widths.Length;
    }
}

//// facts about a video
// library: FFMpegCore
using FFMpegCore;

namespace Shop;

public static class Videos
{
    [Function, HttpTrigger("GET", "/videos/{id}"), AllowAnonymous]
    public static string Look(string id) => FFProbe.Analyse(id).ToString()!;
}

//// password that is hashed as recommended
using System.Security.Cryptography;

namespace Shop;

public static class Passwords
{
    [Function, HttpTrigger("POST", "/passwords"), AllowAnonymous]
    public static string Hash([FromBody] string password, [FromQuery] string salt) =>
        Convert.ToHexString(Rfc2898DeriveBytes.Pbkdf2(password, Convert.FromHexString(salt), 600_000, HashAlgorithmName.SHA256, 32));
}

//// BCrypt with its default
// library: BCrypt.Net-Next
namespace Shop;

public static class Passwords
{
    [Function, HttpTrigger("POST", "/passwords"), AllowAnonymous]
    public static string Hash([FromBody] string password) => BCrypt.Net.BCrypt.HashPassword(password, 12);
}

//// save and tell
namespace Shop;

public sealed class Orders(IOrderStore store, [Queue("placed")] IQueue<Order> placed)
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public async Task<Receipt> Place(Order order, CancellationToken cancellationToken)
    {
        await store.Save(order, cancellationToken);
        await placed.Send(order, cancellationToken: cancellationToken);
        return new Receipt(order.Id, "placed");
    }
}

//// one of four ways
namespace Shop;

public sealed class Router([Queue("new")] IQueue<Order> a, [Queue("old")] IQueue<Order> b, [Queue("other")] IQueue<Order> c, [Bucket("rest")] IBlobStore rest)
{
    [Function, HttpTrigger("POST", "/route"), AllowAnonymous]
    public Task Route(Order order, CancellationToken cancellationToken) => order.CustomerId switch
    {
        "a" => a.Send(order, cancellationToken: cancellationToken),
        "b" => b.Send(order, cancellationToken: cancellationToken),
        "c" => c.Send(order, cancellationToken: cancellationToken),
        _ => rest.Put(order.Id, new byte[1], cancellationToken: cancellationToken),
    };
}

//// early return and a way of its own
namespace Shop;

public sealed class Orders([Queue("refused")] IQueue<Order> refused, [Queue("placed")] IQueue<Order> placed, [Bucket("orders")] IBlobStore files)
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public async Task Place(Order order, CancellationToken cancellationToken)
    {
        if (order.Cents < 0)
        {
            await refused.Send(order, cancellationToken: cancellationToken);
            return;
        }

        await files.Put(order.Id, new byte[1], cancellationToken: cancellationToken);
        await placed.Send(order, cancellationToken: cancellationToken);
    }
}

//// many messages to one queue
namespace Shop;

public sealed class Fan([Queue("lines")] IQueue<OrderLine> lines)
{
    [Function, HttpTrigger("POST", "/fan"), AllowAnonymous]
    public async Task Out(Order order, CancellationToken cancellationToken)
    {
        foreach (var line in order.Lines)
        {
            await lines.Send(line, cancellationToken: cancellationToken);
        }
    }
}

//// another company's API
namespace Shop;

public static class Rates
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5), BaseAddress = new Uri("https://rates.example.com") };

    [Function(TimeoutSeconds = 20), HttpTrigger("GET", "/rates/{code}"), AllowAnonymous]
    public static Task<string> Get(string code, CancellationToken cancellationToken) => Http.GetStringAsync($"/v2/rates/{code}", cancellationToken);
}

//// an app on Azure that is no function
namespace Shop;

public static class Rates
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    [Function(TimeoutSeconds = 20), HttpTrigger("GET", "/rates/{code}"), AllowAnonymous]
    public static Task<string> Get(string code, CancellationToken cancellationToken) => Http.GetStringAsync($"https://partner.azurewebsites.net/tariffs?code2={code}", cancellationToken);
}

//// link to a function in an answer
namespace Shop;

public static class Links
{
    [Function, HttpTrigger("GET", "/links/{id}"), AllowAnonymous]
    public static string Get(string id) => $"https://abc.lambda-url.eu-west-1.on.aws/{id}";
}

//// web socket for one message
using System.Net.WebSockets;

namespace Shop;

public static class Pushes
{
    [Function, HttpTrigger("POST", "/pushes"), AllowAnonymous]
    public static async Task Push(Order order, CancellationToken cancellationToken)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri("wss://hub.example.com"), cancellationToken);
        await socket.SendAsync(new byte[order.Cents], WebSocketMessageType.Binary, true, cancellationToken);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
    }
}

//// server beside the functions
using System.Net;
using System.Net.Sockets;

namespace Shop;

public sealed class Emulator
{
    public TcpListener Start()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }
}

public static class Orders
{
    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public static string Get(string id) => id;
}

//// promise that warm instances keep
namespace Shop;

public static class Prices
{
    [Function(LatencyMilliseconds = 8), HttpTrigger("GET", "/prices/{sku}"), AllowAnonymous, Warm(2)]
    public static string Get(string sku) => sku;
}

//// promise that a cold start keeps
namespace Shop;

public static class Prices
{
    [Function(LatencyMilliseconds = 800), HttpTrigger("GET", "/prices/{sku}"), AllowAnonymous]
    public static string Get(string sku) => sku;
}
