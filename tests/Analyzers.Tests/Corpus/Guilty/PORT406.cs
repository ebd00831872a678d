//// photo
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public sealed record Scan(string Id, byte[] Photo);

public static class Scans
{
    [Function, QueueTrigger("scans"), DeadLetter("scans-dead"), Idempotent(nameof(Scan.Id))]
    public static void Read([|Scan|] scan) => Console.WriteLine(scan.Id);
}

//// base64
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public sealed record Scan(string Id, string PageBase64);

public static class Scans
{
    [Function, QueueTrigger("scans"), DeadLetter("scans-dead"), Idempotent(nameof(Scan.Id))]
    public static void Read([|Scan|] scan) => Console.WriteLine(scan.Id);
}

//// a long text
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public sealed record Scan(string Id, [property: MaxLength(200_000)] string Text);

public static class Scans
{
    [Function, QueueTrigger("scans"), DeadLetter("scans-dead"), Idempotent(nameof(Scan.Id))]
    public static void Read([|Scan|] scan) => Console.WriteLine(scan.Id);
}

//// a file in a list
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
using System.Collections.Generic;
namespace Shop;

public sealed record Page(int Number, byte[] Image);

public sealed record Scan(string Id, IReadOnlyList<Page> Pages);

public static class Scans
{
    [Function, QueueTrigger("scans"), DeadLetter("scans-dead"), Idempotent(nameof(Scan.Id))]
    public static void Read([|Scan|] scan) => Console.WriteLine(scan.Id);
}

//// an event with a document
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

[EventContract("scan.done", Version = 1)]
public sealed record [|ScanDone|](string Id, ReadOnlyMemory<byte> Document);

public static class Orders
{
    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public static string Get(string id) => id;
}

//// sent to a queue
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public sealed record Scan(string Id, byte[] Attachment);

public static class Orders
{
    [Function, HttpTrigger("PUT", "/orders/{id}"), AllowAnonymous]
    public static string Put(string id, [Queue("scans")] [|IQueue<Scan>|] scans) => id + scans.Name;
}

//// a request of eight megabytes
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public sealed record Scan(string Id, [property: StringLength(8_000_000)] string Text);

public static class Scans
{
    [Function, HttpTrigger("PUT", "/scans"), AllowAnonymous]
    public static void Read([|Scan|] scan) => Console.WriteLine(scan.Id);
}
