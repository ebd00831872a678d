using Portable.Analyzers.Tests.Harness;

namespace Portable.Analyzers.Tests.Corpus;

/// <summary>A snippet of the corpus: a piece of a project, which has <c>Prelude.cs</c> beside it.</summary>
/// <param name="File">The file that it stands in, without its extension: the rule, of guilty ones.</param>
/// <param name="Name">What the line <c>//// name</c> before it calls it.</param>
/// <param name="Source">Its source, with marks.</param>
internal sealed record Snippet(string File, string Name, string Source)
{
    private const string Separator = "//// ";

    private static string Folder => Path.Combine(Repository.Root, "tests", "Analyzers.Tests", "Corpus");

    /// <summary>The types that every snippet may use.</summary>
    public static string Prelude { get; } = System.IO.File.ReadAllText(Path.Combine(Folder, "Prelude.cs"));

    /// <summary>The snippets of a folder, by the name that tests show.</summary>
    public static IReadOnlyDictionary<string, Snippet> Of(string folder) => Directory
        .EnumerateFiles(Path.Combine(Folder, folder), "*.cs")
        .SelectMany(Read)
        .ToDictionary(snippet => $"{snippet.File}: {snippet.Name}", StringComparer.Ordinal);

    /// <summary>The project of the snippet.</summary>
    public (Project Project, Marked Marked) Load()
    {
        var marked = Marked.Parse(Source);

        // An application has one startup class: the snippet's own, where it is about that.
        var prelude = marked.Text.Contains("[Startup]", StringComparison.Ordinal) ? Prelude[..Prelude.IndexOf("[Startup]", StringComparison.Ordinal)] : Prelude;
        return (new Project(marked.Text, prelude), marked);
    }

    private static IEnumerable<Snippet> Read(string path)
    {
        var text = System.IO.File.ReadAllText(path).ReplaceLineEndings("\n");
        foreach (var part in ("\n" + text).Split("\n" + Separator).Skip(1))
        {
            var end = part.IndexOf('\n', StringComparison.Ordinal);
            yield return new Snippet(Path.GetFileNameWithoutExtension(path), part[..end].Trim(), part[(end + 1)..]);
        }
    }
}
