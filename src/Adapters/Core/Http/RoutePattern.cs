namespace Portable.Runtime;

/// <summary>
/// A route template: literal segments, parameters <c>{name}</c>, and, as the last segment, <c>{*name}</c> for the rest of the path.
/// Literals compare ordinally ignoring case, as the gateways' routers and ASP.NET Core do for the same functions elsewhere.
/// </summary>
public sealed class RoutePattern
{
    private readonly Segment[] _segments;

    private RoutePattern(string template, Segment[] segments)
    {
        Template = template;
        _segments = segments;
    }

    private enum SegmentKind
    {
        Literal,
        Parameter,
        Rest,
    }

    /// <summary>The template with a leading slash.</summary>
    public string Template { get; }

    /// <summary>The names of the parameters, in order.</summary>
    public IEnumerable<string> Parameters => _segments.Where(segment => segment.Kind != SegmentKind.Literal).Select(segment => segment.Text);

    /// <summary>Parses a template.</summary>
    /// <exception cref="FormatException">The template is malformed; the message says where.</exception>
    public static RoutePattern Parse(string template)
    {
        var parts = template.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var segments = new Segment[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            segments[i] = ParseSegment(parts[i], last: i == parts.Length - 1, template);
        }

        return new RoutePattern("/" + string.Join('/', parts), segments);
    }

    /// <summary>Matches a decoded path.</summary>
    /// <param name="path">The path; a trailing slash does not matter.</param>
    /// <param name="values">The parameters' values by name, ignoring case; empty when there are none.</param>
    public bool TryMatch(string path, out IReadOnlyDictionary<string, string> values)
    {
        Dictionary<string, string>? found = null;
        values = Empty;
        var position = 0;
        foreach (var segment in _segments)
        {
            while (position < path.Length && path[position] == '/')
            {
                position++;
            }

            if (segment.Kind == SegmentKind.Rest)
            {
                (found ??= New())[segment.Text] = path[position..];
                values = found;
                return true;
            }

            var end = path.IndexOf('/', position);
            end = end < 0 ? path.Length : end;
            if (end == position)
            {
                return false;
            }

            var text = path.AsSpan(position, end - position);
            if (segment.Kind == SegmentKind.Parameter)
            {
                (found ??= New())[segment.Text] = text.ToString();
            }
            else if (!text.Equals(segment.Text, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            position = end;
        }

        while (position < path.Length && path[position] == '/')
        {
            position++;
        }

        values = found ?? Empty;
        return position == path.Length;
    }

    /// <summary>Orders patterns from the most to the least specific: literals before parameters before the rest, segment by segment.</summary>
    public static int CompareSpecificity(RoutePattern left, RoutePattern right)
    {
        for (var i = 0; i < Math.Min(left._segments.Length, right._segments.Length); i++)
        {
            var order = left._segments[i].Kind.CompareTo(right._segments[i].Kind);
            if (order != 0)
            {
                return order;
            }
        }

        return right._segments.Length.CompareTo(left._segments.Length);
    }

    private static IReadOnlyDictionary<string, string> Empty { get; } = new Dictionary<string, string>(0);

    private static Dictionary<string, string> New() => new(StringComparer.OrdinalIgnoreCase);

    private static Segment ParseSegment(string part, bool last, string template)
    {
        if (!part.Contains('{') && !part.Contains('}'))
        {
            return new Segment(SegmentKind.Literal, part.Contains('%') ? Uri.UnescapeDataString(part) : part);
        }

        if (part.Length < 3 || part[0] != '{' || part[^1] != '}')
        {
            throw new FormatException($"The route '{template}' mixes text and a parameter in the segment '{part}'.");
        }

        var rest = part[1] == '*';
        var name = part[(rest ? 2 : 1)..^1];
        if (!IsName(name))
        {
            throw new FormatException($"The route '{template}' has a parameter '{part}' whose name is not letters, digits and underscores.");
        }

        if (rest && !last)
        {
            throw new FormatException($"The route '{template}' has '{part}' before its last segment.");
        }

        return new Segment(rest ? SegmentKind.Rest : SegmentKind.Parameter, name);
    }

    private static bool IsName(string name)
    {
        foreach (var letter in name)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter != '_')
            {
                return false;
            }
        }

        return name.Length > 0;
    }

    private readonly record struct Segment(SegmentKind Kind, string Text);
}
