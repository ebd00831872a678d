namespace SixLabors.ImageSharp;

public abstract class Image : System.IDisposable
{
    public static System.Threading.Tasks.Task<Image> LoadAsync(System.IO.Stream stream, System.Threading.CancellationToken cancellationToken = default) => throw null!;

    public System.Threading.Tasks.Task SaveAsPngAsync(System.IO.Stream stream, System.Threading.CancellationToken cancellationToken = default) => throw null!;

    public void Dispose() => throw null!;
}
