using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.GoogleWorkflows;

/// <summary>
/// A variable that is first assigned in a <c>for</c> or an <c>except</c> belongs to it and is gone behind it. One that is used outside as well
/// is declared at the beginning of the body that it belongs to: the main workflow, or a branch.
/// </summary>
internal static class Declarations
{
    public static IrBlock Apply(IrBlock body, string? input) => Body(body, input is null ? [] : [input]);

    private static IrBlock Body(IrBlock body, string[] known)
    {
        var inner = (IrBlock)new Branches().Block(body);
        var needed = new List<string>();
        var declared = new HashSet<string>(known, StringComparer.Ordinal);
        Find(inner, inner, declared, needed);
        var declarations = needed.Select(static name => (IrStatement)new IrAssign(name, new IrLiteral(IrKind.Null, ""), IrSource.None));
        return needed.Count == 0 ? inner : new IrBlock(declarations.Concat(inner.Statements).ToEquatableArray());
    }

    // Goes along the statements and knows what is surely assigned by now.
    private static void Find(IrBlock block, IrBlock whole, HashSet<string> declared, List<string> needed)
    {
        foreach (var statement in block.Statements)
        {
            var scopes = statement switch
            {
                IrForEach loop => [loop.Body],
                IrTry attempt => [attempt.Handler],
                _ => Array.Empty<IrBlock>(),
            };
            foreach (var scope in scopes)
            {
                var own = statement switch { IrForEach loop => loop.Item, IrTry attempt => attempt.Failure, _ => "" };
                foreach (var name in Assigned(scope))
                {
                    // A place in a list of results is no variable of its own.
                    if (name != own && name.IndexOf('[') < 0 && !declared.Contains(name) && Uses(whole, name) > Uses(scope, name))
                    {
                        needed.Add(name);
                        declared.Add(name);
                    }
                }
            }

            foreach (var inner in statement is IrParallel or IrMap ? [] : IrWalk.Blocks(statement))
            {
                Find(inner, whole, new HashSet<string>(declared, StringComparer.Ordinal).With(needed), needed);
            }

            declared.UnionWith(needed);
            declared.UnionWith(IrWalk.Assigned(statement));
        }
    }

    private static HashSet<string> With(this HashSet<string> names, IEnumerable<string> more)
    {
        names.UnionWith(more);
        return names;
    }

    // What a body assigns without the bodies of branches, which have their own variables.
    private static IEnumerable<string> Assigned(IrBlock block) => block.Statements.SelectMany(static statement =>
        (statement is IrMap { Result: { } result } ? [result] : statement is IrMap ? [] : IrWalk.Assigned(statement))
            .Concat(statement is IrParallel or IrMap ? [] : IrWalk.Blocks(statement).SelectMany(Assigned)));

    private static int Uses(IrBlock block, string name) =>
        IrNames.Of(block).Count(assigned => assigned == name) + Simplify.Reads(block).Count(read => read == name);

    private sealed class Branches : IrRewriter
    {
        protected override IEnumerable<IrStatement> Statement(IrStatement statement) => statement switch
        {
            IrParallel parallel => [parallel with { Branches = parallel.Branches.Select(static branch => branch with { Body = Body(branch.Body, branch.Result is { } result ? [result] : []) }).ToEquatableArray() }],
            IrMap map => [map with { Body = Body(map.Body, [map.Item]) }],
            _ => base.Statement(statement),
        };
    }
}
