namespace FFMpegCore;

public sealed class FFMpegArguments
{
    public static FFMpegArguments FromFileInput(string filePath) => throw null!;

    public FFMpegArgumentProcessor OutputToFile(string file) => throw null!;
}

public sealed class FFMpegArgumentProcessor
{
    public System.Threading.Tasks.Task<bool> ProcessAsynchronously(bool throwOnError = true) => throw null!;
}

public static class FFProbe
{
    public static object Analyse(string filePath) => throw null!;
}
