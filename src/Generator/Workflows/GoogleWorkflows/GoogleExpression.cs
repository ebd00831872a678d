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
    private const int Sum = 5;
    private const int Product = 6;
    private const int Primary = 7;

    public static string Print(IrExpression expression) => Print(expression, 0);

    private static string Print(IrExpression expression, int level) => expression switch
    {
        IrLiteral { Kind: IrKind.Text } literal => Quote(literal.Text),
        IrLiteral { Kind: IrKind.Null } => "null",
        IrLiteral literal => Group(literal.Text.StartsWith("-", StringComparison.Ordinal) ? Compare : Primary, level, literal.Text),
        IrVariable variable => variable.Name,
        IrRunId => GoogleSteps.RunId,
        IrFailurePart part => $"{part.Variable}.{PartName(part.Part)}",
        IrMember { Default: { Kind: not IrKind.Null } missing } member => member.MayBeNull || member.Kind is IrKind.Text or IrKind.Object or IrKind.List
            ? $"if(\"{member.Name.Wire}\" in keys({Print(member.Target, 0)}), {Lookup(member)}, {Print(missing, 0)})"
            : $"default({Lookup(member)}, {Print(missing, 0)})",
        IrMember member when member.MayBeMissing || !PlainValues.IsPath(member.Target) => Lookup(member),
        IrMember member => IsName(member.Name.Wire)
            ? $"{Print(member.Target, Primary)}.{member.Name.Wire}"
            : $"{Print(member.Target, Primary)}[{Quote(member.Name.Wire)}]",
        IrIsNull check => Group(Compare, level, $"{Print(check.Operand, Sum)} == null"),
        IrNot { Operand: IrIsNull check } => Group(Compare, level, $"{Print(check.Operand, Sum)} != null"),
        IrNot not => Group(Not, level, $"not({Print(not.Operand, 0)})"),
        IrBinary { Operator: IrOperator.And } binary => Group(And, level, $"{Print(binary.Left, And)} and {Print(binary.Right, And)}"),
        IrBinary { Operator: IrOperator.Or } binary => Group(Or, level, $"{Print(binary.Left, Or)} or {Print(binary.Right, Or)}"),
        IrBinary binary => Group(Compare, level, $"{Print(binary.Left, Sum)} {Symbol(binary.Operator)} {Print(binary.Right, Sum)}"),
        IrArithmetic arithmetic => Arithmetic(arithmetic, level),
        IrConcat { Parts.Count: 0 } => "\"\"",
        IrConcat { Parts: { Count: 1 } parts } => Text(parts[0], level),
        IrConcat concat => Group(Sum, level, string.Join(" + ", concat.Parts.Select(static part => Text(part, Sum)))),
        IrConditional conditional => $"if({Print(conditional.Condition, 0)}, {Print(conditional.Then, 0)}, {Print(conditional.Else, 0)})",
        IrCoalesce coalesce => $"default({Print(coalesce.Left, 0)}, {Print(coalesce.Right, 0)})",
        IrCount count => $"len({Print(count.List, 0)})",
        IrElement element => $"{Print(element.List, Primary)}[{Print(element.Index, 0)}]",
        IrContains contains => Group(Compare, level, $"{Print(contains.Value, Sum)} in {Print(contains.List, Sum)}"),
        IrList list => $"[{string.Join(", ", list.Items.Select(static item => Print(item, 0)))}]",
        IrJoin { First: IrList { Items: { Count: 1 } front }, Second: not IrList } join => $"list.prepend({Print(join.Second, 0)}, {Print(front[0], 0)})",
        IrJoin { Second: IrList { Items: { Count: 1 } items } } join => $"list.concat({Print(join.First, 0)}, {Print(items[0], 0)})",
        GoogleMerge merge => $"map.merge({Print(merge.Target, 0)}, {merge.Changes.Name})",
        _ => "null", // objects, merges and joins of lists are statements by now
    };

    private static string Text(IrExpression part, int level) => part.Kind == IrKind.Integer ? $"string({Print(part, 0)})" : Print(part, level);

    // 2^52, a multiple of 2^32, makes a product that may be negative positive.
    private const string TwoTo52And31 = "4503601774854144";

    /// <summary>
    /// Numbers here have 64 bits. What leaves the range of <c>int</c> is brought back by a remainder of something that is never negative, since
    /// the sign of a remainder is not documented.
    /// </summary>
    private static string Arithmetic(IrArithmetic arithmetic, int level)
    {
        switch (arithmetic.Operator)
        {
            case IrArithmeticOperator.Add or IrArithmeticOperator.Subtract:
                var sum = $"{Print(arithmetic.Left, Sum)} {(arithmetic.Operator == IrArithmeticOperator.Add ? "+" : "-")} {Print(arithmetic.Right, Product)}";
                return Group(Sum, level, arithmetic.Wraps ? $"({sum} + 6442450944) % 4294967296 - 2147483648" : sum);
            case IrArithmeticOperator.Multiply:
                var product = $"{Print(arithmetic.Left, Product)} * {Print(arithmetic.Right, Primary)}";
                return arithmetic.Wraps ? Group(Sum, level, $"({product} + {TwoTo52And31}) % 4294967296 - 2147483648") : Group(Product, level, product);
            case IrArithmeticOperator.Divide:
                var dividend = Print(arithmetic.Left, Product);
                var by = Print(arithmetic.Right, Primary);
                return Group(Product, level, $"if({dividend} < 0, 0 - 1, 1) * (math.abs({dividend}) // {by})"); // both arms of an if are evaluated
            default:
                var left = Print(arithmetic.Left, Product);
                var divisor = arithmetic.Right is IrLiteral literal ? literal.Text.TrimStart('-') : $"math.abs({Print(arithmetic.Right, 0)})";
                return $"if({left} < 0, 0 - math.abs({left}) % {divisor}, {left} % {divisor})";
        }
    }

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
                _ => text.Append(c), // what YAML does not take as it is, the scalar around the expression escapes
            };
        }

        return text.Append('"').ToString();
    }
}
