using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.GoogleWorkflows;

/// <summary>Takes out the jumps that go where control goes anyway, and then the scopes and flags that nothing uses.</summary>
internal static class ExitTidying
{
    public static IrBlock Apply(IrBlock body)
    {
        while (true)
        {
            var tidied = new Rewriter(Flags(body)).Block(body);
            if (tidied == body)
            {
                return body;
            }

            body = tidied;
        }
    }

    // Flags that are only written: assigned literals, read nowhere.
    private static HashSet<string> Flags(IrBlock body)
    {
        var unread = new HashSet<string>(IrWalk.All(body).OfType<IrAssign>().Where(static assign => IsFlag(assign)).Select(static assign => assign.Variable), StringComparer.Ordinal);
        unread.ExceptWith(Simplify.Reads(body));
        return unread;
    }

    // A name of ours, which nothing of the user's code has.
    private static bool IsFlag(IrAssign assign) => assign is { Value: IrLiteral { Kind: IrKind.Null or IrKind.Text } } && (assign.Variable == "exit" || assign.Variable.StartsWith("exit_", StringComparison.Ordinal));

    /// <summary>The block without a jump at its end that only goes on to where the block goes on to.</summary>
    private static IrBlock WithoutLast(IrBlock block, Func<IrStatement, bool> isIdle)
    {
        var end = block.Statements.Count;
        if (end == 0)
        {
            return block;
        }

        var last = block.Statements[end - 1];
        var others = block.Statements.Take(end - 1);
        return last switch
        {
            _ when isIdle(last) => new IrBlock(others.ToEquatableArray()),
            IrIf branch => new IrBlock(others.Append(branch with { Then = WithoutLast(branch.Then, isIdle), Else = branch.Else is null ? null : WithoutLast(branch.Else, isIdle) }).ToEquatableArray()),
            IrScope scope => new IrBlock(others.Append(scope with { Body = WithoutLast(scope.Body, isIdle) }).ToEquatableArray()),
            _ => block,
        };
    }

    private sealed class Rewriter(HashSet<string> unread) : IrRewriter
    {
        public override IrBlock Block(IrBlock block)
        {
            // Nothing is reached behind a jump.
            var rewritten = base.Block(block);
            var end = rewritten.Statements.ToList().FindIndex(IrFlow.Ends);
            return end < 0 || end == rewritten.Statements.Count - 1 ? rewritten : new IrBlock(rewritten.Statements.Take(end + 1).ToEquatableArray());
        }

        protected override IEnumerable<IrStatement> Statement(IrStatement statement)
        {
            foreach (var part in base.Statement(statement))
            {
                switch (part)
                {
                    case IrAssign assign when unread.Contains(assign.Variable) && IsFlag(assign):
                        break;

                    case IrIf { Then.Statements.Count: 0, Else: null or { Statements.Count: 0 } }:
                        break;

                    case IrIf { Else.Statements.Count: 0 } branch:
                        yield return branch with { Else = null };
                        break;

                    case IrIf { Then.Statements.Count: 0, Else: { } otherwise } branch:
                        yield return branch with { Condition = IrNegation.Of(branch.Condition), Then = otherwise, Else = null };
                        break;

                    case IrForEach loop:
                        yield return loop with { Body = WithoutLast(loop.Body, static last => last is IrContinue) };
                        break;

                    case IrLoop loop:
                        yield return loop with { Body = WithoutLast(loop.Body, static last => last is IrContinue) };
                        break;

                    case IrScope scope:
                        var body = WithoutLast(scope.Body, last => last is IrLeave leave && leave.Name == scope.Name);
                        if (IrWalk.All(body).Any(inner => inner is IrLeave leave && leave.Name == scope.Name))
                        {
                            yield return scope with { Body = body };
                            break;
                        }

                        foreach (var inner in body.Statements)
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
