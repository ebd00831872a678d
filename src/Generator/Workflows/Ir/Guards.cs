using Portable.Generator.Helpers;

namespace Portable.Generator.Workflows.Ir;

/// <summary>
/// Takes out checks for defects whose answer is known: the same list and index have been checked on every way here, or the code has
/// asked itself how long the list is.
/// </summary>
internal static class Guards
{
    public static IrBlock Apply(IrBlock body) => new IrBlock(Statements(body, new GuardFacts()));

    private static IrBlock Block(IrBlock block, GuardFacts facts) => new(Statements(block, facts));

    private static EquatableArray<IrStatement> Statements(IrBlock block, GuardFacts facts)
    {
        var result = new List<IrStatement>();
        foreach (var statement in block.Statements)
        {
            if (statement is IrIf { Else: null, Then.Statements: [IrThrow { IsDefect: true }] } guard && facts.IsFalse(guard.Condition))
            {
                continue;
            }

            result.Add(Statement(statement, facts));
        }

        return result.ToEquatableArray();
    }

    /// <summary>Rewrites a statement; afterwards the facts are those that hold behind it.</summary>
    private static IrStatement Statement(IrStatement statement, GuardFacts facts)
    {
        switch (statement)
        {
            case IrIf branch:
                var (then, otherwise) = (facts.Copy(), facts.Copy());
                then.Learn(branch.Condition, true);
                otherwise.Learn(branch.Condition, false);
                branch = branch with { Then = Block(branch.Then, then), Else = branch.Else is null ? null : Block(branch.Else, otherwise) };
                facts.Become(IrFlow.Ends(branch.Then) ? otherwise : branch.Else is not null && IrFlow.Ends(branch.Else) ? then : then.And(otherwise));
                return branch;

            case IrTry attempt:
                var failed = facts.Copy().Without(IrNames.Of(attempt.Body).Append(attempt.Failure));
                var tried = facts.Copy();
                attempt = attempt with { Body = Block(attempt.Body, tried), Handler = Block(attempt.Handler, failed) };
                facts.Become(IrFlow.Ends(attempt.Body) ? failed : IrFlow.Ends(attempt.Handler) ? tried : tried.And(failed));
                return attempt;

            case IrLoop loop:
                // What holds in every round is what none of them changes.
                facts.Without(IrNames.Of(loop.Body).Concat(IrNames.Of(loop.Advance)));
                var round = facts.Copy();
                if (loop is { Condition: { } condition, TestsAfter: false })
                {
                    round.Learn(condition, true);
                }

                var body = Block(loop.Body, round);
                return loop with { Body = body, Advance = Block(loop.Advance, facts.Copy()) };

            case IrForEach loop:
                facts.Without(IrNames.Of(loop.Body).Append(loop.Item));
                return loop with { Body = Block(loop.Body, facts.Copy()) };

            case IrScope scope:
                var inside = facts.Copy();
                var leaves = IrWalk.All(scope.Body).Any(inner => inner is IrLeave leave && leave.Name == scope.Name);
                var rewritten = scope with { Body = Block(scope.Body, inside) };
                facts.Become(leaves ? facts.Without(IrNames.Of(scope.Body)) : inside);
                return rewritten;

            case IrParallel parallel:
                parallel = parallel with { Branches = parallel.Branches.Select(branch => branch with { Body = Block(branch.Body, facts.Copy()) }).ToEquatableArray() };
                facts.Without(IrNames.Of(new IrBlock(EquatableArray.Create<IrStatement>(parallel))));
                return parallel;

            case IrMap map:
                map = map with { Body = Block(map.Body, facts.Copy().Without([map.Item])) };
                facts.Without(IrNames.Of(new IrBlock(EquatableArray.Create<IrStatement>(map))));
                return map;

            default:
                facts.Without(IrWalk.Assigned(statement));
                return statement;
        }
    }
}
