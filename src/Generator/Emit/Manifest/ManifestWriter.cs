using System.Globalization;
using Portable.Generator.Helpers;

namespace Portable.Generator.Emit.Manifest;

/// <summary>Writes indented JSON, members in the order of the calls.</summary>
internal sealed class ManifestWriter
{
    private readonly SourceWriter _text = new("  ");
    private string? _pending;
    private bool _first = true;

    public ManifestWriter Open(string? name, char bracket)
    {
        Item((name is null ? "" : JsonText.Quote(name) + ": ") + bracket);
        Flush("");
        _text.Indentation++;
        _first = true;
        return this;
    }

    public ManifestWriter Close(char bracket)
    {
        if (_first)
        {
            // Nothing inside: the brackets stay two lines, and the diff of the first item is one.
            _text.Indentation--;
        }
        else
        {
            Flush("");
            _text.Indentation--;
        }

        _pending = bracket.ToString();
        _first = false;
        return this;
    }

    public ManifestWriter Text(string name, string value)
    {
        Item($"{JsonText.Quote(name)}: {JsonText.Quote(value)}");
        return this;
    }

    public ManifestWriter Number(string name, double value, bool always = false)
    {
        if (always || value != 0)
        {
            Item($"{JsonText.Quote(name)}: {value.ToString("R", CultureInfo.InvariantCulture)}");
        }

        return this;
    }

    public ManifestWriter Flag(string name, bool value)
    {
        if (value)
        {
            Item($"{JsonText.Quote(name)}: true");
        }

        return this;
    }

    /// <summary>A list of texts; nothing when it is empty.</summary>
    public ManifestWriter Texts(string name, IReadOnlyCollection<string> values)
    {
        if (values.Count > 0)
        {
            Open(name, '[');
            foreach (var value in values)
            {
                Value(value);
            }

            Close(']');
        }

        return this;
    }

    public ManifestWriter Value(string text)
    {
        Item(JsonText.Quote(text));
        return this;
    }

    public override string ToString()
    {
        Flush("");
        return _text.ToString();
    }

    private void Item(string text)
    {
        if (!_first)
        {
            Flush(",");
        }

        _pending = text;
        _first = false;
    }

    private void Flush(string suffix)
    {
        if (_pending is not null)
        {
            _text.Line(_pending + suffix);
            _pending = null;
        }
    }
}
