using System.Globalization;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Asl;

/// <summary>What conditions say where variables are known to be literals, such as a counter at the beginning of its loop.</summary>
internal static class AslConstants
{
    private const string EmptyList = "[]";

    /// <summary>The answer; <see langword="null"/> when it is not known.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="known">The JSONata that stands for variables.</param>
    public static bool? Decide(IrExpression condition, IReadOnlyDictionary<string, string> known)
    {
        switch (condition)
        {
            case IrLiteral { Kind: IrKind.Boolean } literal:
                return literal.Text == "true";

            case IrVariable variable when known.TryGetValue(variable.Name, out var text) && text is "true" or "false":
                return known[variable.Name] == "true";

            case IrIsNull { Operand: IrVariable variable } when known.TryGetValue(variable.Name, out var text) && Literal(text) is not null:
                return text == "null";

            case IrMember { Target: IrVariable variable, Default: { Kind: IrKind.Boolean } missing } when known.TryGetValue(variable.Name, out var text) && text == "null":
                return missing.Text == "true";

            case IrNot not:
                return !Decide(not.Operand, known);

            case IrBinary { Operator: IrOperator.And or IrOperator.Or } both:
                var (left, right, ends) = (Decide(both.Left, known), Decide(both.Right, known), both.Operator == IrOperator.Or);
                return left == ends || right == ends ? ends : left is null || right is null ? null : !ends;

            case IrBinary compared when Integer(compared.Left, known) is { } first && Integer(compared.Right, known) is { } second:
                return compared.Operator switch
                {
                    IrOperator.Equal => first == second,
                    IrOperator.NotEqual => first != second,
                    IrOperator.Less => first < second,
                    IrOperator.LessOrEqual => first <= second,
                    IrOperator.Greater => first > second,
                    _ => first >= second,
                };

            case IrBinary { Operator: IrOperator.Equal or IrOperator.NotEqual } compared when Text(compared.Left, known) is { } first && Text(compared.Right, known) is { } second:
                return first == second == (compared.Operator == IrOperator.Equal);

            default:
                return null;
        }
    }

    /// <summary>A literal as JSON has it; <see langword="null"/> for any other expression.</summary>
    public static JsonNode? Literal(string text) =>
        text is "true" or "false" or "null" or EmptyList || Parse(text) is not null ? JsonNode.Raw(text)
        : IsQuoted(text) && text.IndexOf('\\') < 0 && Jsonata.IsPlainText(text.Substring(1, text.Length - 2)) ? JsonNode.Text(text.Substring(1, text.Length - 2))
        : null;

    /// <summary>A sum or difference of two literals; <see langword="null"/> for anything else.</summary>
    public static string? Compute(IrArithmetic arithmetic, string left, string right) => (arithmetic.Operator, Parse(left), Parse(right)) switch
    {
        (IrArithmeticOperator.Add, { } first, { } second) => Wrapped(first + second, arithmetic.Wraps),
        (IrArithmeticOperator.Subtract, { } first, { } second) => Wrapped(first - second, arithmetic.Wraps),
        _ => null,
    };

    private static string Wrapped(long value, bool wraps) => (wraps ? unchecked((int)value) : value).ToString(CultureInfo.InvariantCulture);

    private static long? Integer(IrExpression expression, IReadOnlyDictionary<string, string> known) => expression switch
    {
        IrLiteral { Kind: IrKind.Integer } literal => Parse(literal.Text),
        IrVariable variable when known.TryGetValue(variable.Name, out var text) => Parse(text),
        IrCount { List: IrVariable list } when known.TryGetValue(list.Name, out var text) && text == EmptyList => 0,
        _ => null,
    };

    private static long? Parse(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    // Texts in quotes, as they are printed: there is one way to write each.
    private static string? Text(IrExpression expression, IReadOnlyDictionary<string, string> known) => expression switch
    {
        IrLiteral { Kind: IrKind.Text } literal => Jsonata.Quote(literal.Text),
        IrVariable variable when known.TryGetValue(variable.Name, out var text) && IsQuoted(text) => text,
        _ => null,
    };

    private static bool IsQuoted(string text) => text.Length >= 2 && text[0] == '\'' && text.IndexOf('\'', 1) == text.Length - 1;
}
