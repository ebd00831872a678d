using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Portable.Generator.Helpers;

/// <summary>Writes indented text; lines end with <c>\n</c> on every machine.</summary>
internal sealed class SourceWriter(string indentUnit = "    ")
{
    private readonly StringBuilder _text = new();

    public int Indentation { get; set; }

    public SourceWriter Line()
    {
        _text.Append('\n');
        return this;
    }

    /// <summary>Writes a line, or every line of a text of several lines, at the current indentation.</summary>
    public SourceWriter Line(string text)
    {
        var start = 0;
        while (true)
        {
            var end = text.IndexOf('\n', start);
            var stop = end < 0 ? text.Length : end;
            var length = stop > start && text[stop - 1] == '\r' ? stop - start - 1 : stop - start;
            if (length > 0)
            {
                for (var i = 0; i < Indentation; i++)
                {
                    _text.Append(indentUnit);
                }

                _text.Append(text, start, length);
            }

            _text.Append('\n');
            if (end < 0)
            {
                return this;
            }

            start = end + 1;
        }
    }

    /// <summary>Writes an opening brace on its own line and indents what follows.</summary>
    public SourceWriter Open(string? header = null)
    {
        if (header is not null)
        {
            Line(header);
        }

        Line("{");
        Indentation++;
        return this;
    }

    /// <summary>Closes what <see cref="Open"/> opened.</summary>
    public SourceWriter Close(string suffix = "")
    {
        Indentation--;
        return Line("}" + suffix);
    }

    public override string ToString() => _text.ToString();

    public SourceText ToSourceText() => SourceText.From(_text.ToString(), Encoding.UTF8);
}
