using System.Globalization;
using System.Text;

namespace Portable.Testing.Jsonata.Syntax;

internal enum TokenKind
{
    End,
    Operator,
    Name,
    Variable,
    Text,
    Number,
    Value,
}

/// <param name="Kind">What it is.</param>
/// <param name="Text">The operator, the name, the text itself, or <c>true</c>/<c>false</c>/<c>null</c>.</param>
/// <param name="Number">The number.</param>
/// <param name="Position">Where it ends, which is what the reference reports.</param>
internal readonly record struct Token(TokenKind Kind, string Text, double Number, int Position)
{
    public bool Is(string symbol) => Kind == TokenKind.Operator && Text == symbol;
}

/// <summary>Text into tokens, one at a time: whether <c>/</c> divides or starts a regular expression depends on what came before.</summary>
internal sealed class Lexer(string source)
{
    private const string Blanks = " \t\n\r\v";
    private const string Symbols = ".[]{}(),@#;:?+-*/%|=<>^&!~";
    private static readonly string[] s_pairs = ["..", ":=", "!=", ">=", "<=", "**", "~>", "?:", "??"];
    private int _position;

    public Token Next(bool afterOperand)
    {
        SkipBlanksAndComments();
        if (_position >= source.Length)
        {
            return new Token(TokenKind.End, "(end)", 0, source.Length);
        }

        var c = source[_position];
        if (c == '/' && !afterOperand)
        {
            throw new JsonataNotSupportedException("A regular expression", _position);
        }

        if (_position + 1 < source.Length && Array.IndexOf(s_pairs, source.Substring(_position, 2)) is >= 0 and var pair)
        {
            _position += 2;
            return new Token(TokenKind.Operator, s_pairs[pair], 0, _position);
        }

        if (Symbols.Contains(c, StringComparison.Ordinal))
        {
            _position++;
            return new Token(TokenKind.Operator, c.ToString(), 0, _position);
        }

        return c switch
        {
            '"' or '\'' => Quoted(c),
            >= '0' and <= '9' => Number(),
            '`' => Backticked(),
            _ => Word(),
        };
    }

    private void SkipBlanksAndComments()
    {
        while (_position < source.Length)
        {
            if (Blanks.Contains(source[_position], StringComparison.Ordinal))
            {
                _position++;
            }
            else if (source[_position] == '/' && _position + 1 < source.Length && source[_position + 1] == '*')
            {
                var end = source.IndexOf("*/", _position + 2, StringComparison.Ordinal);
                _position = end < 0 ? throw new JsonataException("S0106", "A comment has no end.", _position) : end + 2;
            }
            else
            {
                return;
            }
        }
    }

    private Token Quoted(char quote)
    {
        var text = new StringBuilder();
        for (_position++; _position < source.Length; _position++)
        {
            var c = source[_position];
            if (c == quote)
            {
                _position++;
                return new Token(TokenKind.Text, text.ToString(), 0, _position);
            }

            text.Append(c == '\\' ? Escape() : c);
        }

        throw new JsonataException("S0101", "A text has no end.", _position);
    }

    private char Escape()
    {
        var c = ++_position < source.Length ? source[_position] : '\0';
        switch (c)
        {
            case '"' or '\\' or '/':
                return c;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                if (_position + 4 < source.Length && ushort.TryParse(source.AsSpan(_position + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
                {
                    _position += 4;
                    return (char)code;
                }

                throw new JsonataException("S0104", "\\u must be followed by four hexadecimal digits.", _position);
            default:
                throw new JsonataException("S0103", $"\\{c} is no escape.", _position);
        }
    }

    private Token Number()
    {
        var start = _position;
        _position++;
        if (source[start] != '0')
        {
            SkipDigits();
        }

        if (At(0) == '.' && char.IsAsciiDigit(At(1)))
        {
            _position++;
            SkipDigits();
        }

        if (At(0) is 'e' or 'E' && (char.IsAsciiDigit(At(1)) || (At(1) is '+' or '-' && char.IsAsciiDigit(At(2)))))
        {
            _position += 2;
            SkipDigits();
        }

        var number = double.Parse(source.AsSpan(start, _position - start), NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(number)
            ? new Token(TokenKind.Number, source[start.._position], number, _position)
            : throw new JsonataException("S0102", "The number is out of range.", start);
    }

    private Token Backticked()
    {
        var start = _position + 1;
        var end = source.IndexOf('`', start);
        if (end < 0)
        {
            throw new JsonataException("S0105", "A quoted name has no end.", source.Length);
        }

        _position = end + 1;
        return new Token(TokenKind.Name, source[start..end], 0, _position);
    }

    private Token Word()
    {
        var start = _position;
        while (_position < source.Length && !Blanks.Contains(source[_position], StringComparison.Ordinal) && !Symbols.Contains(source[_position], StringComparison.Ordinal))
        {
            _position++;
        }

        var word = source[start.._position];
        return word switch
        {
            ['$', ..] => new Token(TokenKind.Variable, word[1..], 0, _position),
            "or" or "and" or "in" => new Token(TokenKind.Operator, word, 0, _position),
            "true" or "false" or "null" => new Token(TokenKind.Value, word, 0, _position),
            _ => new Token(TokenKind.Name, word, 0, _position),
        };
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(At(0)))
        {
            _position++;
        }
    }

    private char At(int offset) => _position + offset < source.Length ? source[_position + offset] : '\0';
}
