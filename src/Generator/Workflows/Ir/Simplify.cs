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
    public static IEnumerable<string> Reads(IrBlock? block) => IrWalk.All(block).SelectMany(IrWalk.Expressions).SelectMany(IrWalk.Variables);

    /// <summary>The block without handlers of what cannot fail. All else stays: what follows may read it.</summary>
    public static IrBlock WithoutIdleTries(IrBlock block) => new IdleTries().Block(block);

    private static bool IsIdle(IrTry attempt) => !IrFlow.CanFail(attempt.Body) && !(attempt.TakesDefects && IrWalk.All(attempt.Body).Any(static inner => inner is IrThrow));

    private sealed class IdleTries : IrRewriter
    {
        protected override IEnumerable<IrStatement> Statement(IrStatement statement) =>
            base.Statement(statement).SelectMany(static part => part is IrTry attempt && IsIdle(attempt) ? attempt.Body.Statements : (IEnumerable<IrStatement>)[part]);
    }

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

                    case IrTake take when !used.Contains(take.Result):
                        break;

                    case IrStep { Result: { } result } step when !used.Contains(result):
                        yield return step with { Result = null };
                        break;

                    case IrEvent { Result: { } result } wait when !used.Contains(result):
                        yield return wait with { Result = null };
                        break;

                    case IrChild { Result: { } result } child when !used.Contains(result):
                        yield return child with { Result = null };
                        break;

                    case IrMap { Result: { } result } map when !used.Contains(result):
                        yield return map with { Result = null };
                        break;

                    case IrParallel parallel when parallel.Branches.Any(branch => branch.Result is { } result && !used.Contains(result)):
                        yield return parallel with { Branches = parallel.Branches.Select(branch => branch.Result is { } result && !used.Contains(result) ? branch with { Result = null } : branch).ToEquatableArray() };
                        break;

                    case IrIf { Else.Statements.Count: 0 } branch:
                        yield return branch with { Else = null };
                        break;

                    case IrIf { Then.Statements.Count: 0, Else: null }:
                        break;

                    case IrIf { Then.Statements.Count: 0, Else: { } otherwise } branch:
                        yield return branch with { Condition = new IrNot(branch.Condition), Then = otherwise, Else = null };
                        break;

                    case IrTry attempt when IsIdle(attempt):
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
