using System.Globalization;
using System.Text;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.GoogleWorkflows;

/// <summary>
/// Prints IR as an expression of Google Workflows. A member that JSON may lack is read with <c>map.get</c>, which answers null, since
/// <c>.</c> raises a KeyError.
/// </summary>
internal static class GoogleExpression
{
    private const int Or = 1;
    private const int And = 2;
    private const int Not = 3;
    private const int Compare = 4;
    private const int Primary = 5;

    public static string Print(IrExpression expression) => Print(expression, 0);

    private static string Print(IrExpression expression, int level) => expression switch
    {
        IrLiteral { Kind: IrKind.Text } literal => Quote(literal.Text),
        IrLiteral { Kind: IrKind.Null } => "null",
        IrLiteral literal => literal.Text,
        IrVariable variable => variable.Name,
        IrFailurePart part => $"{part.Variable}.{PartName(part.Part)}",
        IrMember { Default: { Kind: not IrKind.Null } missing } member => member.MayBeNull || member.Kind is IrKind.Text or IrKind.Object
            ? $"if(\"{member.Name.Wire}\" in keys({Print(member.Target, 0)}), {Lookup(member)}, {Print(missing, 0)})"
            : $"default({Lookup(member)}, {Print(missing, 0)})",
        IrMember { MayBeMissing: true } or IrMember { Target: IrMember { MayBeMissing: true } } => Lookup((IrMember)expression),
        IrMember member => IsName(member.Name.Wire)
            ? $"{Print(member.Target, Primary)}.{member.Name.Wire}"
            : $"{Print(member.Target, Primary)}[{Quote(member.Name.Wire)}]",
        IrIsNull check => Group(Compare, level, $"{Print(check.Operand, Primary)} == null"),
        IrNot { Operand: IrIsNull check } => Group(Compare, level, $"{Print(check.Operand, Primary)} != null"),
        IrNot not => Group(Not, level, $"not({Print(not.Operand, 0)})"),
        IrBinary { Operator: IrOperator.And } binary => Group(And, level, $"{Print(binary.Left, And)} and {Print(binary.Right, And)}"),
        IrBinary { Operator: IrOperator.Or } binary => Group(Or, level, $"{Print(binary.Left, Or)} or {Print(binary.Right, Or)}"),
        IrBinary binary => Group(Compare, level, $"{Print(binary.Left, Primary)} {Symbol(binary.Operator)} {Print(binary.Right, Primary)}"),
        _ => "null",
    };

    private static string Lookup(IrMember member) => $"map.get({Print(member.Target, 0)}, {Quote(member.Name.Wire)})";

    private static string PartName(IrFailureField part) => part switch
    {
        IrFailureField.Code => "code",
        IrFailureField.Message => "message",
        _ => "data",
    };

    private static string Symbol(IrOperator op) => op switch
    {
        IrOperator.Equal => "==",
        IrOperator.NotEqual => "!=",
        IrOperator.Less => "<",
        IrOperator.LessOrEqual => "<=",
        IrOperator.Greater => ">",
        _ => ">=",
    };

    private static string Group(int own, int wanted, string text) => own < wanted ? $"({text})" : text;

    // Words of the expression language cannot follow a dot.
    private static bool IsName(string name)
    {
        if (name.Length == 0 || char.IsDigit(name[0]) || name is "and" or "or" or "not" or "in" or "null" or "true" or "false" or "True" or "False" or "TRUE" or "FALSE")
        {
            return false;
        }

        foreach (var c in name)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A text as a literal of the expression language.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        }

        return text.Append('"').ToString();
    }
}
