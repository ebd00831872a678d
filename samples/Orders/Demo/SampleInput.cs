namespace Orders.Demo;

/// <summary>The files of the folder <c>input</c>.</summary>
internal static class SampleInput
{
    public static string Read(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "input", file));
}
