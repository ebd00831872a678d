//// photo
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public sealed record Scan(string Id, byte[] Photo);

public sealed class Scanning
{
    [Step]
    public Task Read([|Scan|] scan) => Task.CompletedTask;
}

//// base64
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public sealed record Scan(string Id, string PageBase64);

public sealed class Scanning
{
    [Step]
    public Task Read([|Scan|] scan) => Task.CompletedTask;
}

//// a long text
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public sealed record Scan(string Id, [property: MaxLength(500_000)] string Text);

public sealed class Scanning
{
    [Step]
    public Task Read([|Scan|] scan) => Task.CompletedTask;
}

//// many bytes
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public sealed class Scan
{
    public string Id { get; set; } = "";

    [MaxLength(1_000_000)]
    public byte[] Data { get; set; } = [];
}

public sealed class Scanning
{
    [Step]
    public Task Read([|Scan|] scan) => Task.CompletedTask;
}

//// files in a list
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public sealed record Page(int Number, byte[] Image);

public sealed record Scan(string Id, Page[] Pages);

public sealed class Scanning
{
    [Step]
    public Task Read([|Scan|] scan) => Task.CompletedTask;
}

//// as result
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.IO;
namespace Shop;

public sealed record Scan(string Id);

public sealed record Read(string Id, byte[] PdfContent);

public sealed class Scanning
{
    [Step]
    public [|Task<Read>|] Read(Scan scan) => Task.FromResult(new Read(scan.Id, []));
}
