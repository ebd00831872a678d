using Portable.Generator.Helpers;

namespace Portable.Generator.Workflows.Ir;

/// <summary>Makes scopes as small as they can be: one that is only left where it ends anyway is none.</summary>
internal static class Scopes
{
    /// <summary>The statements as a scope of that name, if any of them still has to leave it.</summary>
    public static IEnumerable<IrStatement> Close(string name, IEnumerable<IrStatement> statements, IrSource source)
    {
        var body = WithoutTail(new IrBlock(statements.ToEquatableArray()), name);
        return IrWalk.All(body).Any(inner => inner is IrLeave leave && leave.Name == name)
            ? [new IrScope(name, body, source)]
            : body.Statements;
    }

    private static IrBlock WithoutTail(IrBlock block, string name)
    {
        if (block.Statements.Count == 0)
        {
            return block;
        }

        var last = block.Statements[block.Statements.Count - 1];
        IEnumerable<IrStatement> tail = last switch
        {
            IrLeave leave when leave.Name == name => [],
            IrIf branch => [branch with { Then = WithoutTail(branch.Then, name), Else = branch.Else is null ? null : WithoutTail(branch.Else, name) }],
            IrTry attempt => [attempt with { Body = WithoutTail(attempt.Body, name), Handler = WithoutTail(attempt.Handler, name) }],
            IrScope scope => [scope with { Body = WithoutTail(scope.Body, name) }],
            _ => [last],
        };
        return new IrBlock(block.Statements.Take(block.Statements.Count - 1).Concat(tail).ToEquatableArray());
    }
}
