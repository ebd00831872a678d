using Portable.Generator.Helpers;

namespace Portable.Generator.Workflows.Ir;

/// <summary>
/// Makes an <c>if</c> behind one that control does not come out of its <c>else</c>: engines have one statement for a chain of
/// conditions, and some bill every statement.
/// </summary>
internal sealed class Chains : IrRewriter
{
    public static IrBlock Apply(IrBlock body) => new Chains().Block(body);

    public override IrBlock Block(IrBlock block)
    {
        var statements = base.Block(block).Statements.ToList();
        for (var i = statements.Count - 2; i >= 0; i--)
        {
            if (statements[i] is IrIf { Else: null } first && statements[i + 1] is IrIf next && IrFlow.Ends(first.Then))
            {
                statements[i] = first with { Else = new IrBlock(EquatableArray.Create<IrStatement>(next)) };
                statements.RemoveAt(i + 1);
            }
        }

        return new IrBlock(statements.ToEquatableArray());
    }
}
