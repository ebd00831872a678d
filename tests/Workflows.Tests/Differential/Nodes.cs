using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;

namespace Portable.Workflows.Tests.Differential;

/// <summary>What a value of a random workflow is.</summary>
internal enum Ty
{
    Int,
    Long,
    Bool,
    Text,
    MaybeText,
    MaybeInt,
    Item,
    MaybeItem,
    Ints,
    Texts,
    Items,
    Order,
    Decimal,
    Kind,
    Size,
    MaybeSize,
    Place,
    MaybePlace,
    Report,
    Time,
    Guid,
    Span,
    Pace,
}

/// <summary>C# as a tree: texts with expressions and blocks between them, so that a failing program can be cut down piece by piece.</summary>
internal abstract record Node;

/// <summary>A text, or a node.</summary>
internal readonly record struct Piece(string Text, Node? Node = null);

internal sealed record Expr(Ty Type, ImmutableArray<Piece> Pieces) : Node
{
    public static Expr Of(Ty type, Pieces pieces) => new(type, pieces.ToImmutable());
}

internal sealed record Stmt(ImmutableArray<Piece> Pieces) : Node
{
    public static Stmt Of(Pieces pieces) => new(pieces.ToImmutable());
}

internal sealed record Block(ImmutableArray<Stmt> Statements) : Node;

/// <summary>A step of a random workflow.</summary>
/// <param name="Input">The payload's type; <see langword="null"/> for none.</param>
/// <param name="Output">The result's type; <see langword="null"/> for none.</param>
/// <param name="Attributes">What stands before the method.</param>
/// <param name="Undo">The step that undoes it, or <see langword="null"/>.</param>
/// <param name="IsReliable">Whether no situation lets it fail.</param>
internal sealed record StepDeclaration(string Name, Ty? Input, Ty? Output, string Attributes, string? Undo = null, bool IsReliable = false);

/// <summary>Collects the pieces of a node from an interpolated string.</summary>
[InterpolatedStringHandler]
internal readonly struct Pieces(int literalLength, int formattedCount)
{
    private readonly ImmutableArray<Piece>.Builder _pieces = ImmutableArray.CreateBuilder<Piece>((formattedCount * 2) + 1);

    public void AppendLiteral(string text) => _pieces.Add(new Piece(text));

    public void AppendFormatted(string text) => _pieces.Add(new Piece(text));

    public void AppendFormatted(int number) => _pieces.Add(new Piece(number.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    public void AppendFormatted(Node node) => _pieces.Add(new Piece("", node));

    public void AppendFormatted(IEnumerable<Expr> list)
    {
        var between = false;
        foreach (var node in list)
        {
            if (between)
            {
                AppendLiteral(", ");
            }

            between = true;
            AppendFormatted(node);
        }
    }

    public ImmutableArray<Piece> ToImmutable() => literalLength < 0 ? [] : _pieces.ToImmutable();
}

/// <summary>Prints nodes.</summary>
internal static class Printer
{
    public static string Print(Node node)
    {
        var text = new StringBuilder();
        Print(text, node, 0);
        return text.ToString();
    }

    public static void Print(StringBuilder text, Node node, int depth)
    {
        switch (node)
        {
            case Expr expression:
                foreach (var piece in expression.Pieces)
                {
                    Print(text, piece, depth);
                }

                break;

            case Stmt statement:
                text.Append(' ', depth * 4);
                foreach (var piece in statement.Pieces)
                {
                    Print(text, piece, depth);
                }

                text.Append('\n');
                break;

            case Block block:
                text.Append('\n').Append(' ', depth * 4).Append("{\n");
                foreach (var statement in block.Statements)
                {
                    Print(text, statement, depth + 1);
                }

                text.Append(' ', depth * 4).Append('}');
                break;
        }
    }

    private static void Print(StringBuilder text, Piece piece, int depth)
    {
        if (piece.Node is { } node)
        {
            Print(text, node, depth);
        }
        else
        {
            text.Append(piece.Text.Replace("\n", "\n" + new string(' ', depth * 4), StringComparison.Ordinal));
        }
    }
}
