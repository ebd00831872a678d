using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.GoogleWorkflows;

/// <summary>Google Workflows takes expressions of 400 characters at most: longer ones are computed part by part.</summary>
internal sealed class ShortExpressions : PreludeRewriter
{
    public const int Longest = 400;

    // How long what stands in for a part may be, and what is worth a variable.
    private const int LongPart = 40;

    private ShortExpressions(IrBlock body, IEnumerable<string> names)
        : base(body, names)
    {
    }

    public static IrBlock Apply(IrBlock body, IEnumerable<string> names) => new ShortExpressions(body, names).Block(body);

    protected override IrExpression Expression(IrExpression expression)
    {
        var rewritten = expression is GoogleMerge merge ? merge with { Target = Expression(merge.Target) } : base.Expression(expression);
        if (Fits(rewritten))
        {
            return rewritten;
        }

        return rewritten switch
        {
            IrBinary binary => binary with { Left = Part(binary.Left), Right = Part(binary.Right) },
            IrNot not => not with { Operand = Part(not.Operand) },
            IrIsNull check => check with { Operand = Part(check.Operand) },
            IrMember member => member with { Target = Part(member.Target) },
            IrArithmetic arithmetic => arithmetic with { Left = Part(arithmetic.Left), Right = Part(arithmetic.Right) },
            IrConcat concat => Concat(concat),
            IrConditional conditional => conditional with { Condition = Part(conditional.Condition), Then = Part(conditional.Then), Else = Part(conditional.Else) },
            IrCoalesce coalesce => coalesce with { Left = Part(coalesce.Left), Right = Part(coalesce.Right) },
            IrCount count => count with { List = Part(count.List) },
            IrElement element => element with { List = Part(element.List), Index = Part(element.Index) },
            IrContains contains => contains with { List = Part(contains.List), Value = Part(contains.Value) },
            IrJoin { First: IrList { Items: { Count: 1 } front }, Second: not IrList } join => join with { First = new IrList(new[] { Part(front[0]) }.ToEquatableArray()), Second = Part(join.Second) },
            IrJoin { Second: IrList { Items: { Count: 1 } items } } join => join with { First = Part(join.First), Second = new IrList(new[] { Part(items[0]) }.ToEquatableArray()) },
            GoogleMerge merged => merged with { Target = Part(merged.Target) },
            _ => rewritten, // a long literal on its own is a plain text, which may be as long as it likes
        };
    }

    private IrConcat Concat(IrConcat concat)
    {
        // So many parts that their names alone are too long are joined in groups.
        const int Most = 8;
        IReadOnlyList<IrExpression> parts = [.. concat.Parts.Select(Part)];
        while (parts.Count > Most)
        {
            var groups = new List<IrExpression>();
            for (var start = 0; start < parts.Count; start += Most)
            {
                groups.Add(Before("part", new IrConcat(parts.Skip(start).Take(Most).ToEquatableArray())));
            }

            parts = groups;
        }

        return new IrConcat(parts.ToEquatableArray());
    }

    // Anything that is more than a name.
    private IrExpression Part(IrExpression part) => part is IrVariable || GoogleExpression.Print(part).Length < LongPart ? part : Before("part", part);

    private static bool Fits(IrExpression expression) =>
        expression is IrObject or IrList or IrLiteral || GoogleExpression.Print(expression).Length <= Longest - "${}".Length;
}
