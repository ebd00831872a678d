using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Asl;

/// <summary>A variable's value after it has been computed anew for every element of a list, in order: <c>$reduce</c>.</summary>
/// <param name="Item">The name of the element in <paramref name="Next"/>.</param>
/// <param name="Variable">The variable; in <paramref name="Next"/> it is the value so far, around it the value at the beginning.</param>
/// <param name="Next">The value after an element.</param>
internal sealed record AslFold(IrExpression Items, string Item, IrVariable Variable, IrExpression Next) : IrEngineExpression(Variable.Kind)
{
    public override IEnumerable<IrExpression> Parts => [Items, Variable, Next];

    public override IrEngineExpression With(Func<IrExpression, IrExpression> part) => this with { Items = part(Items), Next = part(Next) };
}
