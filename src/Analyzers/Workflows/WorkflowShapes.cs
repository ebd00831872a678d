using System.Globalization;

namespace Portable.Analyzers.Workflows;

/// <summary>
/// The file <c>portable.workflows.txt</c>: the shapes of the workflows that may have runs under way, a line each, as in
/// <c>order-fulfilment v2: Price, event approval, Charge, child shipping</c>. Lines that begin with <c>#</c> are comments.
/// </summary>
internal sealed class WorkflowShapes
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "portable.workflows.txt";

    private readonly Dictionary<(string Name, int Version), string[]> _shapes = [];

    private WorkflowShapes()
    {
    }

    /// <summary>Every shape, in the order of the file.</summary>
    public IEnumerable<KeyValuePair<(string Name, int Version), string[]>> All => _shapes;

    /// <summary>Reads the file. A line that it does not understand says nothing.</summary>
    public static WorkflowShapes Parse(IEnumerable<string> lines)
    {
        var shapes = new WorkflowShapes();
        foreach (var line in lines)
        {
            if (KeyOf(line) is { } key)
            {
                shapes._shapes[key] = [.. line.Substring(line.IndexOf(':') + 1).Split(',').Select(static part => part.Trim()).Where(static part => part.Length > 0)];
            }
        }

        return shapes;
    }

    /// <summary>The shape that is written down for a version of a workflow.</summary>
    public string[]? Of(string name, int version) => _shapes.TryGetValue((name, version), out var shape) ? shape : null;

    /// <summary>The line of a shape.</summary>
    public static string Line(string name, int version, IReadOnlyList<string> parts) => $"{name} v{version.ToString(CultureInfo.InvariantCulture)}: {string.Join(", ", parts)}".TrimEnd();

    /// <summary>The workflow and version that a line is of; <see langword="null"/> for comments and what is no shape.</summary>
    public static (string Name, int Version)? KeyOf(string line)
    {
        var colon = line.IndexOf(':');
        if (colon < 0 || line.TrimStart().StartsWith("#", StringComparison.Ordinal))
        {
            return null;
        }

        var head = line.Substring(0, colon).Trim();
        var space = head.LastIndexOf(" v", StringComparison.Ordinal);
        return space > 0 && int.TryParse(head.Substring(space + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? (head.Substring(0, space).Trim(), version) : null;
    }
}
