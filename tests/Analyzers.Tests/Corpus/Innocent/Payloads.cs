//// a hash
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public sealed record Scan(string Id, byte[] Hash);

public static class Scans
{
    [Function, QueueTrigger("scans"), DeadLetter("scans-dead"), Idempotent(nameof(Scan.Id))]
    public static void Read(Scan scan) => Console.WriteLine(scan.Id);
}

//// a row version
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public sealed record Scan(string Id, byte[] RowVersion);

public static class Scans
{
    [Function, QueueTrigger("scans"), DeadLetter("scans-dead"), Idempotent(nameof(Scan.Id))]
    public static void Read(Scan scan) => Console.WriteLine(scan.Id);
}

//// a small photo
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public sealed record Scan(string Id, [property: MaxLength(16_000)] byte[] Photo);

public static class Scans
{
    [Function, QueueTrigger("scans"), DeadLetter("scans-dead"), Idempotent(nameof(Scan.Id))]
    public static void Read(Scan scan) => Console.WriteLine(scan.Id);
}

//// a comment with a length
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public sealed record Scan(string Id, [property: MaxLength(2_000)] string Comment);

public static class Scans
{
    [Function, QueueTrigger("scans"), DeadLetter("scans-dead"), Idempotent(nameof(Scan.Id))]
    public static void Read(Scan scan) => Console.WriteLine(scan.Id);
}

//// the name of a file
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public sealed record Scan(string Id, string Photo, string DocumentName);

public static class Scans
{
    [Function, QueueTrigger("scans"), DeadLetter("scans-dead"), Idempotent(nameof(Scan.Id))]
    public static void Read(Scan scan) => Console.WriteLine(scan.Id);
}

//// an upload by request
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public sealed record Scan(string Id, byte[] Photo);

public static class Scans
{
    [Function, HttpTrigger("PUT", "/scans"), AllowAnonymous]
    public static void Read(Scan scan) => Console.WriteLine(scan.Id);
}

//// a photo that stays here
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public sealed record Scan(string Id)
{
    [JsonIgnore]
    public byte[]? Photo { get; set; }
}

public static class Scans
{
    [Function, QueueTrigger("scans"), DeadLetter("scans-dead"), Idempotent(nameof(Scan.Id))]
    public static void Read(Scan scan) => Console.WriteLine(scan.Id);
}

//// a payload of every kind of value
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public enum Kind { Small, Large }

public sealed record Scan(string Id, Kind Kind, decimal Price, DateTimeOffset At, TimeSpan Took, Guid? Key, Uri? Link, bool[] Flags);

public sealed class Scanning
{
    [Step]
    public Task Read(Scan scan) => Task.CompletedTask;
}

//// dictionaries and lists
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.Collections.Generic;
namespace Shop;

public sealed record Scan(string Id, Dictionary<string, List<int>> Counts, IReadOnlyList<string> Names);

public sealed class Scanning
{
    [Step]
    public Task Read(Scan scan) => Task.CompletedTask;
}

//// a class with a constructor for JSON
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public sealed class Scan
{
    public Scan(int number) => Id = $"{number}";

    [JsonConstructor]
    public Scan(string id) => Id = id;

    public string Id { get; }
}

public sealed class Scanning
{
    [Step]
    public Task Read(Scan scan) => Task.CompletedTask;
}

//// a base that says which types it has
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

[JsonDerivedType(typeof(Page), "page")]
public abstract record Scan(string Id);

public sealed record Page(string Id, int Number) : Scan(Id);

public sealed class Scanning
{
    [Step]
    public Task Read(Scan scan) => Task.CompletedTask;
}

//// a tree of itself
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public sealed record Scan(string Id, Scan[] Parts);

public sealed class Scanning
{
    [Step]
    public Task Read(Scan scan) => Task.CompletedTask;
}
