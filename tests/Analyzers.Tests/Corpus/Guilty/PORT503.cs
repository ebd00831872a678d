//// ffmpeg as a process
using System.Diagnostics;

namespace Shop;

public static class Videos
{
    [Function, HttpTrigger("POST", "/videos/{id}"), AllowAnonymous]
    public static async Task Encode(string id, CancellationToken cancellationToken)
    {
        using var process = [|Process.Start("/opt/bin/ffmpeg", $"-i {id}.mov {id}.mp4")|];
        await process.WaitForExitAsync(cancellationToken);
    }
}

//// ffmpeg by start info in a step
using System.Diagnostics;

namespace Shop;

public sealed class Videos
{
    [Workflow("videos")]
    public async Task Run(IWorkflow flow, Order order) => await flow.Step(Encode, order);

    [Step(TimeoutSeconds = 20)]
    public async Task Encode(Order order, CancellationToken cancellationToken)
    {
        using var process = Process.Start([|new ProcessStartInfo("ffmpeg", order.Id) { UseShellExecute = false }|])!;
        await process.WaitForExitAsync(cancellationToken);
    }
}

//// FFMpegCore
// library: FFMpegCore
using FFMpegCore;

namespace Shop;

public static class Videos
{
    [Function, HttpTrigger("POST", "/videos/{id}"), AllowAnonymous]
    public static Task<bool> Encode(string id) => [|FFMpegArguments.FromFileInput(id).OutputToFile(id + ".mp4").ProcessAsynchronously()|];
}

//// Xabe.FFmpeg
// library: Xabe.FFmpeg
using Xabe.FFmpeg;

namespace Shop;

public sealed class Videos(IConversion conversion)
{
    [Function, HttpTrigger("POST", "/videos/{id}"), AllowAnonymous]
    public async Task Encode(string id, CancellationToken cancellationToken) => Console.WriteLine(await [|conversion.Start(cancellationToken)|]);
}

//// archive of every order
using System.IO.Compression;

namespace Shop;

public interface IOrderList
{
    Task<string[]> Ids(CancellationToken cancellationToken);
}

public sealed class Archives(IOrderList list)
{
    [Function, HttpTrigger("GET", "/archive"), AllowAnonymous]
    public async Task<byte[]> All(CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var id in await list.Ids(cancellationToken))
            {
                using var writer = new StreamWriter([|zip.CreateEntry(id + ".txt")|].Open());
                writer.Write(id);
            }
        }

        return bytes.ToArray();
    }
}

//// compression of all that is in a folder
using System.IO.Compression;

namespace Shop;

public static class Logs
{
    [Function, HttpTrigger("POST", "/logs"), AllowAnonymous]
    public static async Task<int> Compress(CancellationToken cancellationToken)
    {
        var total = 0;
        foreach (var file in Directory.EnumerateFiles(Path.GetTempPath(), "*.log"))
        {
            using var bytes = new MemoryStream();
            await using (var brotli = [|new BrotliStream(bytes, CompressionLevel.SmallestSize)|])
            await using (var log = File.OpenRead(file))
            {
                await log.CopyToAsync(brotli, cancellationToken);
            }

            total += (int)bytes.Length;
        }

        return total;
    }
}

//// every picture of an album
// library: SixLabors.ImageSharp
using SixLabors.ImageSharp;

namespace Shop;

public interface IAlbum
{
    IAsyncEnumerable<Stream> Pictures(string id, CancellationToken cancellationToken);
}

public sealed class Albums(IAlbum album)
{
    [Function, HttpTrigger("POST", "/albums/{id}"), AllowAnonymous]
    public async Task<int> Resize(string id, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var picture in album.Pictures(id, cancellationToken))
        {
            using var image = await [|Image.LoadAsync(picture, cancellationToken)|];
            await image.SaveAsPngAsync(Stream.Null, cancellationToken);
            count++;
        }

        return count;
    }
}

//// a hash that takes half a minute
using System.Security.Cryptography;

namespace Shop;

public static class Vault
{
    [Function, HttpTrigger("POST", "/vault"), AllowAnonymous]
    public static string Derive(Order order) =>
        Convert.ToHexString([|Rfc2898DeriveBytes.Pbkdf2(order.Id, new byte[16], 50_000_000, HashAlgorithmName.SHA512, 64)|]);
}
