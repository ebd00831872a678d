using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Portable.Analyzers.Size;

/// <summary>
/// What the build has measured of the package, heaviest first. <c>Portable.Build.Measuring.SizeReport</c> writes it before the compiler runs; the form is
/// stated there.
/// </summary>
internal sealed class PackageSizes
{
    /// <summary>The name of the additional file.</summary>
    public const string FileName = "portable.size.txt";

    private const string FirstLine = "portable-size\t1";

    private PackageSizes(List<Part> dependencies, List<Part> compiled, List<Part> content)
    {
        Dependencies = dependencies;
        Compiled = compiled;
        Content = content;
    }

    /// <summary>The packages and projects, as far as their files are deployed.</summary>
    public IReadOnlyList<Part> Dependencies { get; }

    /// <summary>Those whose assemblies become part of a native or trimmed program, so that what they weigh says nothing.</summary>
    public IReadOnlyList<Part> Compiled { get; }

    /// <summary>The files of the project.</summary>
    public IReadOnlyList<Part> Content { get; }

    /// <summary>Reads a report; <see langword="null"/> when it is none of this version.</summary>
    public static PackageSizes? Parse(SourceText text)
    {
        if (text.Lines.Count == 0 || text.Lines[0].ToString() != FirstLine)
        {
            return null;
        }

        var dependencies = new List<Part>();
        var compiled = new List<Part>();
        var content = new List<Part>();
        foreach (var line in text.Lines)
        {
            var cells = line.ToString().Split('\t');
            if (cells.Length == 8
                && long.TryParse(cells[3], NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
                && int.TryParse(cells[6], NumberStyles.None, CultureInfo.InvariantCulture, out var row)
                && int.TryParse(cells[7], NumberStyles.None, CultureInfo.InvariantCulture, out var column))
            {
                var kind = cells[0] switch
                {
                    "content" => content,
                    "compiled" => compiled,
                    _ => dependencies,
                };
                kind.Add(new Part(cells[1], cells[2], bytes, cells[4], cells[5], Math.Max(row, 1), Math.Max(column, 1)));
            }
        }

        return new PackageSizes(dependencies, compiled, content);
    }

    /// <summary>A package, project or file.</summary>
    /// <param name="Name">Its name; of a file its path in the project.</param>
    /// <param name="Version">The version of a package; empty of what is none.</param>
    /// <param name="Bytes">What its files that are deployed weigh.</param>
    /// <param name="BroughtBy">The reference of the project that brings it, which may be itself.</param>
    /// <param name="File">The project file that states that.</param>
    /// <param name="Line">The one-based line there.</param>
    /// <param name="Column">The one-based column.</param>
    public sealed record Part(string Name, string Version, long Bytes, string BroughtBy, string File, int Line, int Column)
    {
        /// <summary>Where the project says so.</summary>
        public Location Location
        {
            get
            {
                var at = new LinePosition(Line - 1, Column - 1);
                return Location.Create(File, default, new LinePositionSpan(at, at));
            }
        }

        /// <summary>The part as messages name it: with what it weighs and who brings it.</summary>
        public string Described => $"{Name}{(Version.Length > 0 ? " " + Version : "")} ({Megabytes(Bytes)} MB{(BroughtBy == Name ? "" : ", through " + BroughtBy)})";
    }

    /// <summary>Bytes as messages say them.</summary>
    public static string Megabytes(long bytes) => (bytes / 1048576.0).ToString("0.#", CultureInfo.InvariantCulture);
}
