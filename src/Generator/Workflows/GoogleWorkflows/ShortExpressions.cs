using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.GoogleWorkflows;

/// <summary>Google Workflows takes expressions of 400 characters at most: longer ones are computed part by part.</summary>
internal sealed class ShortExpressions : PreludeRewriter
{
    public const int Longest = 400;

    private ShortExpressions(IrBlock body, IEnumerable<string> names)
        : base(body, names)
    {
    }

    public static IrBlock Apply(IrBlock body, IEnumerable<string> names) => new ShortExpressions(body, names).Block(body);

    protected override IrExpression Expression(IrExpression expression)
    {
        var rewritten = base.Expression(expression);
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
            _ => rewritten, // a long literal on its own is a plain text, which may be as long as it likes
        };
    }

    // Anything that is more than a name.
    private IrExpression Part(IrExpression part) => part is IrVariable || GoogleExpression.Print(part).Length < 40 ? part : Before("part", part);

    private static bool Fits(IrExpression expression) => expression is IrObject or IrLiteral || GoogleExpression.Print(expression).Length <= Longest - "${}".Length;
}
