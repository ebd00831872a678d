using Microsoft.CodeAnalysis.Text;

namespace Portable.Analyzers.Tests.Harness;

/// <summary>Source in which <c>[|</c> and <c>|]</c> mark where diagnostics are expected.</summary>
internal sealed record Marked(string Text, IReadOnlyList<TextSpan> Spans)
{
    /// <summary>Takes the marks out and remembers where they were.</summary>
    public static Marked Parse(string source)
    {
        var text = new System.Text.StringBuilder(source.Length);
        var open = new Stack<int>();
        var spans = new List<TextSpan>();
        for (var i = 0; i < source.Length; i++)
        {
            if (source.AsSpan(i).StartsWith("[|"))
            {
                open.Push(text.Length);
                i++;
            }
            else if (open.Count > 0 && source.AsSpan(i).StartsWith("|]"))
            {
                spans.Add(TextSpan.FromBounds(open.Pop(), text.Length));
                i++;
            }
            else
            {
                text.Append(source[i]);
            }
        }

        if (open.Count > 0)
        {
            throw new ArgumentException("A mark is not closed.", nameof(source));
        }

        spans.Sort();
        return new Marked(text.ToString(), spans);
    }
}
