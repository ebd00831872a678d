using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.GoogleWorkflows;

/// <summary>
/// The results of branches are variables that a parallel step starts with null and fills as branches end. A variable that has other values
/// as well, which must stay when the step fails, gets the result in the end.
/// </summary>
internal sealed class SharedResults(GoogleNames names, Func<string, bool> isUsed) : IrRewriter
{
    public static IrBlock Apply(IrBlock body, GoogleNames names, string? input)
    {
        var assigned = IrNames.Of(body).GroupBy(static name => name, StringComparer.Ordinal).Where(static group => group.Count() > 1).Select(static group => group.Key);
        var used = new HashSet<string>(assigned, StringComparer.Ordinal);
        return new SharedResults(names, name => name == input || used.Contains(name)).Block(body);
    }

    protected override IEnumerable<IrStatement> Statement(IrStatement statement)
    {
        foreach (var part in base.Statement(statement))
        {
            var copies = new List<IrStatement>();
            yield return part switch
            {
                IrParallel parallel => parallel with { Branches = parallel.Branches.Select(branch => branch with { Result = Own(branch.Result, copies) }).ToEquatableArray() },
                IrMap map => map with { Result = Own(map.Result, copies) },
                _ => part,
            };
            foreach (var copy in copies)
            {
                yield return copy;
            }
        }
    }

    private string? Own(string? result, List<IrStatement> copies)
    {
        if (result is null || !isUsed(result))
        {
            return result;
        }

        var own = names.Variable(result + "_result");
        copies.Add(new IrAssign(result, new IrVariable(own, IrKind.Object), IrSource.None));
        return own;
    }
}
