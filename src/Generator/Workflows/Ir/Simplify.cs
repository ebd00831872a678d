using Portable.Generator.Helpers;

namespace Portable.Generator.Workflows.Ir;

/// <summary>Takes out what does nothing: unused variables, empty branches, a try without a step.</summary>
internal static class Simplify
{
    public static IrBlock Apply(IrBlock body)
    {
        // Dropping one variable can leave another one unused.
        while (true)
        {
            var used = new HashSet<string>(Reads(body), StringComparer.Ordinal);
            var simpler = new Rewriter(used).Block(body);
            if (simpler == body)
            {
                return body;
            }

            body = simpler;
        }
    }

    /// <summary>Every variable that the block reads.</summary>
    public static IEnumerable<string> Reads(IrBlock? block) => (block?.Statements ?? default).SelectMany(static statement => statement switch
    {
        IrStep step => IrEffects.Variables(step.Input),
        IrAssign assign => IrEffects.Variables(assign.Value),
        IrIf branch => IrEffects.Variables(branch.Condition).Concat(Reads(branch.Then)).Concat(Reads(branch.Else)),
        IrReturn back => IrEffects.Variables(back.Value),
        IrTry attempt => Reads(attempt.Body).Concat(Reads(attempt.Handler)),
        _ => [],
    });

    private sealed class Rewriter(HashSet<string> used) : IrRewriter
    {
        protected override IEnumerable<IrStatement> Statement(IrStatement statement)
        {
            foreach (var part in base.Statement(statement))
            {
                switch (part)
                {
                    case IrAssign assign when !used.Contains(assign.Variable):
                        break;

                    case IrStep { Result: { } result } step when !used.Contains(result):
                        yield return step with { Result = null };
                        break;

                    case IrIf { Else.Statements.Count: 0 } branch:
                        yield return branch with { Else = null };
                        break;

                    case IrIf { Then.Statements.Count: 0, Else: null }:
                        break;

                    case IrIf { Then.Statements.Count: 0, Else: { } otherwise } branch:
                        yield return branch with { Condition = new IrNot(branch.Condition), Then = otherwise, Else = null };
                        break;

                    case IrTry attempt when !IrSteps.Of(attempt.Body).Any():
                        foreach (var inner in attempt.Body.Statements)
                        {
                            yield return inner;
                        }

                        break;

                    default:
                        yield return part;
                        break;
                }
            }
        }
    }
}
