//// a stream
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public sealed record Scan(string Id, Stream Page);

public sealed class Scanning
{
    [Step]
    public Task Read([|Scan|] scan) => Task.CompletedTask;
}

//// a callback
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public sealed record Scan(string Id, Action Done);

public sealed class Scanning
{
    [Step]
    public Task Read([|Scan|] scan) => Task.CompletedTask;
}

//// an exception
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public sealed record Scan(string Id, Exception? Failure);

public sealed class Scanning
{
    [Step]
    public Task Read([|Scan|] scan) => Task.CompletedTask;
}

//// a grid
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public sealed record Scan(string Id, int[,] Pixels);

public sealed class Scanning
{
    [Step]
    public Task Read([|Scan|] scan) => Task.CompletedTask;
}

//// an interface of the project
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public interface IPage;

public sealed record Scan(string Id, IPage Page);

public sealed class Scanning
{
    [Step]
    public Task Read([|Scan|] scan) => Task.CompletedTask;
}

//// an abstract payload
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public abstract record Scan(string Id);

public sealed class Scanning
{
    [Step]
    public Task Read([|Scan|] scan) => Task.CompletedTask;
}

//// a class that hides its constructor
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public sealed class Scan
{
    private Scan(string id) => Id = id;

    public string Id { get; }

    public static Scan Of(string id) => new(id);
}

public sealed class Scanning
{
    [Step]
    public Task Read([|Scan|] scan) => Task.CompletedTask;
}

//// a stream as result
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public sealed record Scan(string Id);

public sealed class Scanning
{
    [Step]
    public [|Task<Stream>|] Read(Scan scan) => Task.FromResult(Stream.Null);
}
