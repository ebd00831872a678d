using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.GoogleWorkflows;

/// <summary>Names of steps and variables that nothing else in the definition has.</summary>
internal sealed class GoogleNames
{
    private readonly HashSet<string> _labels = new(StringComparer.Ordinal) { "end", "break", "continue" };
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _variables = new(StringComparer.Ordinal);

    public GoogleNames(IrBlock body, string? input)
    {
        _variables.UnionWith(IrNames.Of(body));
        _variables.UnionWith(Simplify.Reads(body));
        if (input is not null)
        {
            _variables.Add(input);
        }

        foreach (var statement in IrWalk.All(body))
        {
            _labels.UnionWith(Labels(statement));
            if (statement is IrMap map)
            {
                _variables.Add(GoogleTargets.IndexOf(map));
            }
        }
    }

    /// <summary>A numbered name for a step of a kind: <c>if_1</c>, <c>if_2</c>.</summary>
    public string Step(string kind)
    {
        _numbers.TryGetValue(kind, out var number);
        _numbers[kind] = ++number;
        return Label($"{kind}_{number}");
    }

    public string Label(string wanted) => Unique(wanted, _labels);

    public string Variable(string wanted) => Unique(wanted, _variables);

    /// <summary>The label of a statement that has one; <see langword="null"/> for others.</summary>
    public static string? LabelOf(IrStatement statement) => statement switch
    {
        IrStep step => step.Label,
        IrParallel parallel => parallel.Label,
        IrMap map => map.Label,
        IrWait wait => wait.Label,
        IrEvent wait => wait.Label,
        IrChild child => child.Label,
        IrPublish publish => publish.Label,
        _ => null,
    };

    private static IEnumerable<string> Labels(IrStatement statement)
    {
        if (LabelOf(statement) is { } label)
        {
            yield return label;
        }

        if (statement is IrParallel parallel)
        {
            foreach (var branch in parallel.Branches)
            {
                yield return branch.Name;
            }
        }
    }

    private static string Unique(string wanted, HashSet<string> taken)
    {
        var name = wanted;
        for (var number = 2; !taken.Add(name); number++)
        {
            name = $"{wanted}_{number}";
        }

        return name;
    }
}
