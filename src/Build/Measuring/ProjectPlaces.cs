using System.Xml;
using System.Xml.Linq;

namespace Portable.Build.Measuring;

/// <summary>Finds the lines of project files that state references and content.</summary>
internal sealed class ProjectPlaces
{
    private readonly Dictionary<string, List<(string Name, int Line, int Column)>> _files = new(StringComparer.Ordinal);

    /// <summary>Where a file includes something of this name: one-based line and column; the beginning of the file when it is not found.</summary>
    public (int Line, int Column) Find(string file, string name)
    {
        foreach (var (included, line, column) in ItemsOf(file))
        {
            if (Matches(included, name))
            {
                return (line, column);
            }
        }

        return (1, 1);
    }

    private static bool Matches(string included, string name)
    {
        foreach (var part in included.Replace('\\', '/').Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var file = part[(part.LastIndexOf('/') + 1)..];
            if (part.Equals(name, StringComparison.OrdinalIgnoreCase)
                || (file.EndsWith("proj", StringComparison.OrdinalIgnoreCase) && Path.GetFileNameWithoutExtension(file).Equals(name, StringComparison.OrdinalIgnoreCase))
                || (part.Contains('*') && IsUnder(part, name)))
            {
                return true;
            }
        }

        return false;
    }

    // models/**/*.onnx and models/a/b.onnx: the folder before the first wildcard, and the extension.
    private static bool IsUnder(string pattern, string name)
    {
        var folder = pattern[..pattern.IndexOf('*', StringComparison.Ordinal)];
        var extension = Path.GetExtension(pattern);
        return name.StartsWith(folder, StringComparison.OrdinalIgnoreCase) && (extension.Contains('*') || extension.Length == 0 || name.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
    }

    private List<(string Name, int Line, int Column)> ItemsOf(string file)
    {
        if (_files.TryGetValue(file, out var known))
        {
            return known;
        }

        var items = new List<(string, int, int)>();
        try
        {
            foreach (var element in XDocument.Load(file, LoadOptions.SetLineInfo).Descendants())
            {
                if ((element.Attribute("Include") ?? element.Attribute("Update")) is { } included && element is IXmlLineInfo at)
                {
                    // The place of the element is that of its name, after the bracket.
                    items.Add((included.Value, at.LineNumber, Math.Max(1, at.LinePosition - 1)));
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or XmlException or ArgumentException)
        {
            // A file that cannot be read has no lines to point at.
        }

        return _files[file] = items;
    }
}
