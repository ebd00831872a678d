using System.Globalization;
using System.Text;
using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Asl;

/// <summary>
/// Prints IR as JSONata. Where JSONata and C# differ, the text is explicit: a missing member is given its default, comparisons never
/// see "undefined", and a right side that relies on the left one stands behind a conditional, which is lazy by definition.
/// </summary>
/// <param name="known">Variables that the state itself assigns, and the text that stands for them before it has.</param>
internal sealed class Jsonata(IReadOnlyDictionary<string, string> known)
{
    private static readonly IrLiteral Null = new(IrKind.Null, "");

    private const int Conditional = 0;
    private const int Or = 1;
    private const int And = 2;
    private const int Compare = 3;
    private const int Sum = 4;
    private const int Product = 5;
    private const int Path = 6;

    /// <summary>A value in a definition: an object member by member, a literal as JSON, anything else as an expression.</summary>
    public JsonNode Node(IrExpression expression)
    {
        switch (expression)
        {
            case IrObject made:
                var json = new JsonObject();
                foreach (var field in made.Fields)
                {
                    json.Add(field.Name.Wire, Node(field.Value));
                }

                return json;

            case IrList list:
                return new JsonArray(list.Items.Select(Node)); // item by item: an array constructor of JSONata would flatten lists in it

            case IrLiteral { Kind: IrKind.Text } literal:
                return IsPlainText(literal.Text) ? JsonNode.Text(literal.Text) : Template(Print(literal));

            case IrLiteral { Kind: IrKind.Null }:
                return JsonNode.Null;

            case IrLiteral literal:
                return JsonNode.Raw(literal.Text);

            default:
                return Template(Print(expression));
        }
    }

    /// <summary>A value where a state wants one as a whole: validators take objects and expressions there, not bare literals.</summary>
    public JsonNode Output(IrExpression expression) => expression is IrLiteral or IrList ? Template(Print(expression)) : Node(expression);

    // Not an expression, nor what a validator takes for none: texts that are empty or have line breaks.
    public static bool IsPlainText(string text) => text.Length > 0 && !text.Contains("{%") && !text.Contains("%}") && text.IndexOfAny(['\n', '\r', '\u2028', '\u2029']) < 0;

    public static JsonNode Template(string expression) => JsonNode.Text("{% " + expression + " %}");

    public string Print(IrExpression expression) => Print(expression, Conditional);

    private string Print(IrExpression expression, int level) => expression switch
    {
        IrLiteral { Kind: IrKind.Text } literal => Quote(literal.Text),
        IrLiteral { Kind: IrKind.Null } => "null",
        IrLiteral literal => literal.Text,
        IrVariable variable => known.TryGetValue(variable.Name, out var text) ? text : "$" + variable.Name,
        IrFailurePart { Part: IrFailureField.Code } part when known.TryGetValue(CodeOf(part.Variable), out var code) => code,
        IrFailurePart part => $"{Step(Print(new IrVariable(part.Variable, IrKind.Object), Path))}.{PartName(part.Part)}",
        IrMember member when MayBeMissing(member) => Group(Conditional, level, $"$exists({PathOf(member)}) ? {PathOf(member)} : {Print(member.Default ?? Null)}"),
        IrMember member => PathOf(member),
        IrIsNull check => IsNull(check.Operand, level),
        IrRunId => AslTasks.RunId,
        IrNot { Operand: IrIsNull check } => IsNotNull(check.Operand, level),
        IrNot not => $"$not({Print(not.Operand, Conditional)})",
        IrBinary { Operator: IrOperator.And or IrOperator.Or } binary => Logical(binary, level),
        IrBinary { Operator: IrOperator.Equal, Left: IrMember { Kind: IrKind.Text, Default: null or { Kind: IrKind.Null } } left, Right: IrLiteral right } => Group(Compare, level, $"{PathOf(left)} = {Print(right)}"),
        IrBinary { Operator: IrOperator.NotEqual, Left: IrMember { Kind: IrKind.Text, Default: null or { Kind: IrKind.Null } } left, Right: IrLiteral right } when MayBeMissing(left) => $"$not({PathOf(left)} = {Print(right)})",
        IrBinary binary => Group(Compare, level, $"{Print(binary.Left, Sum)} {Symbol(binary.Operator)} {Print(binary.Right, Sum)}"),
        IrArithmetic arithmetic when AslConstants.Compute(arithmetic, Print(arithmetic.Left, Conditional), Print(arithmetic.Right, Conditional)) is { } number => number,
        IrArithmetic { Wraps: true, Operator: IrArithmeticOperator.Multiply } product => $"($n := {Arithmetic(product, Conditional)}; $n - $floor(($n + 2147483648) / 4294967296) * 4294967296)",
        IrArithmetic { Wraps: true } arithmetic => Wrapping(arithmetic),
        IrArithmetic { Operator: IrArithmeticOperator.Divide } quotient => $"($n := {Print(quotient.Left, Conditional)}; ($n - $n % {Print(quotient.Right, Path)}) / {Print(quotient.Right, Path)})", // the only division without a remainder is exact
        IrArithmetic arithmetic => Arithmetic(arithmetic, level),
        IrConcat concat => Concat(concat, level),
        IrConditional choice => Group(Conditional, level, $"{Print(choice.Condition, Or)} ? {Nested(Print(choice.Then, Conditional))} : {Print(choice.Else, Conditional)}"),
        IrCoalesce choice => Group(Conditional, level, $"{IsNotNull(choice.Left, Or)} ? {Known(choice.Left)} : {Print(choice.Right, Conditional)}"),
        IrCount count => $"$count({List(count.List, Conditional)})",
        IrElement element => $"{List(element.List, Path)}[{Print(element.Index, Conditional)}]",
        IrContains contains => Group(Compare, level, $"{Print(contains.Value, Sum)} in {List(contains.List, Sum)}"),
        IrObject made => Object(made.Fields),
        IrList list => Constructed(list),
        IrJoin join when List(join.Second, Conditional) == "[]" => List(join.First, level),
        IrJoin join when List(join.First, Conditional) == "[]" => List(join.Second, level),
        IrJoin join => $"$append({List(join.First, Conditional)}, {List(join.Second, Conditional)})",
        AslFold fold => Fold(fold),
        AslText text => $"$string({Print(text.Value)})",
        AslCaught caught => AslErrors.Failure(Print(caught.Error), AslCall.Function),
        IrMerge merge => $"$merge([{Print(merge.Target, Conditional)}, {Object(merge.Fields)}])",
        _ => "null",
    };

    /// <summary>What stands for the code alone of a failure's variable.</summary>
    public static string CodeOf(string failure) => failure + ".code";

    /// <summary>The texts that stand for the variables of an expression, as often as they do.</summary>
    public static IEnumerable<string> Substitutes(IrExpression? expression, IReadOnlyDictionary<string, string> known) => expression switch
    {
        null => [],
        IrFailurePart { Part: IrFailureField.Code } part when known.ContainsKey(CodeOf(part.Variable)) => [],
        IrFailurePart part => known.TryGetValue(part.Variable, out var text) ? [text] : [],
        IrVariable variable => known.TryGetValue(variable.Name, out var text) ? [text] : [],
        _ => IrWalk.Parts(expression).SelectMany(part => Substitutes(part, known)),
    };

    private string Fold(AslFold fold)
    {
        // Within the function its parameters hide what the state knows under these names.
        var within = known.Where(entry => entry.Key != fold.Variable.Name && entry.Key != fold.Item).ToDictionary(static entry => entry.Key, static entry => entry.Value, StringComparer.Ordinal);
        var next = new Jsonata(within).Print(fold.Next);
        return $"$reduce({List(fold.Items, Conditional)}, function(${fold.Variable.Name}, ${fold.Item}) {{ {next} }}, {Print(fold.Variable, Conditional)})";
    }

    private string Object(EquatableArray<IrField> fields) =>
        $"{{{string.Join(", ", fields.Select(field => $"{Quote(field.Name.Wire)}: {Print(field.Value, Conditional)}"))}}}";

    // An array constructor puts the items of a list in its place; only a list within another constructor stays one. Null is no list.
    private string Constructed(IrList list)
    {
        if (!list.Items.Any(IsComputedList))
        {
            return $"[{string.Join(", ", list.Items.Select(item => Print(item, Conditional)))}]";
        }

        var parts = list.Items.Select(item => IsComputedList(item) ? OneList(item) : $"[{Print(item, Conditional)}]").ToList();
        return parts.Skip(1).Aggregate(parts[0], static (before, part) => $"$append({before}, {part})");
    }

    private string OneList(IrExpression item)
    {
        var text = Print(item, Sum);
        return $"({text} = null ? [null] : [[{text}]])";
    }

    private static bool IsComputedList(IrExpression item) => item.Kind == IrKind.List && item is not IrList;

    /// <summary>A list that is gone through, as a field of a state wants it.</summary>
    public JsonNode Items(IrExpression list) => list is IrMember ? Template(List(list, Conditional)) : Node(list);

    // A list that something is done with is not null: its type says so, or the code has looked.
    private string List(IrExpression list, int level) => list is IrMember member && HasNullDefault(member) ? PathOf(member) : Print(list, level);

    // What has been found not to be null need not be given its default.
    private string Known(IrExpression operand) => operand is IrMember member && HasNullDefault(member) ? PathOf(member) : Nested(Print(operand, Conditional));

    private string Arithmetic(IrArithmetic arithmetic, int level) => arithmetic.Operator switch
    {
        IrArithmeticOperator.Add => Group(Sum, level, $"{Print(arithmetic.Left, Sum)} + {Print(arithmetic.Right, Product)}"),
        IrArithmeticOperator.Subtract => Group(Sum, level, $"{Print(arithmetic.Left, Sum)} - {Print(arithmetic.Right, Product)}"),
        IrArithmeticOperator.Multiply => Group(Product, level, $"{Print(arithmetic.Left, Product)} * {Print(arithmetic.Right, Path)}"),
        _ => Group(Product, level, $"{Print(arithmetic.Left, Product)} % {Print(arithmetic.Right, Path)}"),
    };

    // What leaves the range of int goes on at its other end. A literal tells which end that can be.
    private string Wrapping(IrArithmetic arithmetic)
    {
        var isAdd = arithmetic.Operator == IrArithmeticOperator.Add;
        var (above, below) = arithmetic is { Operator: IrArithmeticOperator.Add or IrArithmeticOperator.Subtract, Right: IrLiteral literal }
            ? literal.Text.StartsWith("-", StringComparison.Ordinal) == isAdd ? (false, true) : (true, false)
            : (true, true);
        return $"($n := {Arithmetic(arithmetic, Conditional)}; " +
            (above ? "$n > 2147483647 ? $n - 4294967296 : " : "") +
            (below ? "$n < -2147483648 ? $n + 4294967296 : " : "") +
            "$n)";
    }

    private string Concat(IrConcat concat, int level)
    {
        if (concat.Parts.Count == 0)
        {
            return "''";
        }

        if (concat.Parts.Count == 1)
        {
            return concat.Parts[0].Kind == IrKind.Text ? Print(concat.Parts[0], level) : $"$string({Print(concat.Parts[0], Conditional)})";
        }

        return Group(Sum, level, string.Join(" & ", concat.Parts.Select((part, i) => Print(part, i == 0 ? Sum : Product))));
    }

    private string Logical(IrBinary binary, int level)
    {
        var isAnd = binary.Operator == IrOperator.And;
        if (IrEffects.NeedsLaziness(binary.Left, binary.Right))
        {
            var left = Print(binary.Left, Or);
            var right = Print(binary.Right, Conditional);
            return Group(Conditional, level, isAnd ? $"{left} ? {Nested(right)} : false" : $"{left} ? true : {right}");
        }

        // Either operator is associative: the right side may stand at the same level.
        return isAnd
            ? Group(And, level, $"{Print(binary.Left, And)} and {Print(binary.Right, And)}")
            : Group(Or, level, $"{Print(binary.Left, Or)} or {Print(binary.Right, Or)}");
    }

    // A conditional between ? and : is easier to read in parentheses.
    private static string Nested(string text) => text.Contains(" ? ") ? $"({text})" : text;

    private string IsNull(IrExpression operand, int level) => operand is IrMember member && HasNullDefault(member)
        ? Group(Or, level, $"$not($exists({PathOf(member)})) or {PathOf(member)} = null")
        : Group(Compare, level, $"{Print(operand, Sum)} = null");

    private string IsNotNull(IrExpression operand, int level) => operand is IrMember member && HasNullDefault(member)
        ? Group(And, level, $"$exists({PathOf(member)}) and {PathOf(member)} != null")
        : Group(Compare, level, $"{Print(operand, Sum)} != null");

    // Missing and null are the same to the reader of such a member.
    private static bool HasNullDefault(IrMember member) => member.Default is null or { Kind: IrKind.Null } && MayBeMissing(member);

    private string PathOf(IrMember member)
    {
        var target = member.Target is IrMember inner ? PathOf(inner) : Print(member.Target, Path);
        return $"{Step(target)}.{Name(member.Name.Wire)}";
    }

    // A variable known to be null has no members; the literal itself cannot be a step of a path.
    private static string Step(string target) => target == "null" ? "{}" : target;

    private static bool MayBeMissing(IrMember member) => member.MayBeMissing || (member.Target is IrMember inner && MayBeMissing(inner));

    private static string PartName(IrFailureField part) => part switch
    {
        IrFailureField.Code => "code",
        IrFailureField.Message => "message",
        _ => "data",
    };

    private static string Symbol(IrOperator op) => op switch
    {
        IrOperator.Equal => "=",
        IrOperator.NotEqual => "!=",
        IrOperator.Less => "<",
        IrOperator.LessOrEqual => "<=",
        IrOperator.Greater => ">",
        _ => ">=",
    };

    private static string Group(int own, int wanted, string text) => own < wanted ? $"({text})" : text;

    /// <summary>A member's name in a path.</summary>
    public static string Name(string name) => IsPlain(name) ? name : $"`{name}`";

    private static bool IsPlain(string name)
    {
        if (name.Length == 0 || name is "and" or "or" or "in" or "true" or "false" or "null" or "function" or "λ" || char.IsDigit(name[0]))
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

    /// <summary>A text as a literal in single quotes, which need no escape inside JSON.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('\'');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            var paired = char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]);
            if (c == '\\')
            {
                text.Append("\\\\");
            }
            else if (c is < ' ' or '\'' or '\u0085' or '\u2028' or '\u2029' || (char.IsSurrogate(c) && !paired) || (c == '%' && ((i > 0 && value[i - 1] == '{') || (i + 1 < value.Length && value[i + 1] == '}'))))
            {
                text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)); // JSONata knows no \', and "%}" would end the template
            }
            else
            {
                text.Append(c);
                if (paired)
                {
                    text.Append(value[++i]);
                }
            }
        }

        return text.Append('\'').ToString();
    }
}
