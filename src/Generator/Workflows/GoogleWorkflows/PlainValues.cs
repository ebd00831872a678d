using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.GoogleWorkflows;

/// <summary>A copy of a map with what another map has: <c>map.merge</c>. What Google Workflows has instead of <see cref="IrMerge"/>.</summary>
internal sealed record GoogleMerge(IrExpression Target, IrVariable Changes) : IrEngineExpression(IrKind.Object)
{
    public override IEnumerable<IrExpression> Parts => [Target, Changes];
}

/// <summary>
/// Gives statements to what expressions of Google Workflows cannot say: a map literal stands only as a whole value, <c>list.concat</c> appends
/// one element, and what an expression would repeat is computed once before.
/// </summary>
internal sealed class PlainValues : PreludeRewriter
{
    // Whether a literal map or list is written as YAML here.
    private bool _isValue;

    private PlainValues(IrBlock body, IEnumerable<string> names)
        : base(body, names)
    {
    }

    public static IrBlock Apply(IrBlock body, IEnumerable<string> names) => new PlainValues(body, names).Block(body);

    protected override IEnumerable<IrStatement> Statement(IrStatement statement)
    {
        _isValue = true;
        return base.Statement(statement).ToList();
    }

    protected override IrExpression Expression(IrExpression expression)
    {
        var isValue = _isValue;
        _isValue = isValue && expression is IrObject or IrList;
        var rewritten = expression switch
        {
            IrMerge merge => Merge(merge),
            IrJoin join => Join(join),
            IrArithmetic { Operator: IrArithmeticOperator.Remainder or IrArithmeticOperator.Divide } remainder => remainder with { Left = Once(Expression(remainder.Left)), Right = Once(Expression(remainder.Right)) },
            IrElement element => element with { List = IsPath(element.List) ? Expression(element.List) : Once(Expression(element.List)), Index = Expression(element.Index) },
            _ => base.Expression(expression),
        };
        _isValue = isValue;
        return isValue ? rewritten : rewritten switch
        {
            IrObject => Before("object", rewritten),
            IrList list when list.Items.Any(static item => item is IrObject or IrList) => Before("list", rewritten),
            _ => rewritten,
        };
    }

    private IrExpression Merge(IrMerge merge)
    {
        var target = Expression(merge.Target);
        if (merge.Fields.Count == 0)
        {
            return target;
        }

        _isValue = true;
        var changes = Before("changes", Expression(new IrObject(merge.Fields)));
        return new GoogleMerge(target, changes);
    }

    private IrExpression Join(IrJoin join)
    {
        if (join.First is IrList front && join.Second is not IrList)
        {
            // The parts in their order; the last of them is the first to be put in front.
            var items = front.Items.Select(Expression).ToList();
            return Enumerable.Reverse(items).Aggregate(Expression(join.Second), static (list, item) => new IrJoin(One(item), list));
        }

        var first = Expression(join.First);
        if (join.Second is IrList made)
        {
            return made.Items.Aggregate(first, (joined, item) => Appended(joined, Expression(item)));
        }

        var result = Before("joined", first);
        var element = new IrVariable(NewName("element"), IrKind.Object);
        IrStatement append = new IrAssign(result.Name, Appended(result, element), IrSource.None);
        Before(new IrForEach(element.Name, Expression(join.Second), new IrBlock(new[] { append }.ToEquatableArray()), IrSource.None));
        return result;
    }

    private static IrJoin Appended(IrExpression list, IrExpression item) => new(list, One(item));

    private static IrList One(IrExpression item) => new(new[] { item }.ToEquatableArray());

    private IrExpression Once(IrExpression expression) => expression is IrVariable or IrLiteral ? expression : Before("operand", expression);

    /// <summary>Whether members and elements are read of it as they stand: <c>a.b[0]</c>.</summary>
    public static bool IsPath(IrExpression expression) => expression switch
    {
        IrVariable or IrFailurePart => true,
        IrMember { MayBeMissing: false } member => IsPath(member.Target),
        IrElement element => IsPath(element.List),
        _ => false,
    };
}
