using Portable.Generator.Model;

namespace Portable.Generator.Workflows.Ir;

/// <summary>Names for what a transformation adds to a workflow: variables and labels that it does not have yet.</summary>
internal sealed class SagaNames
{
    private readonly HashSet<string> _variables;
    private readonly HashSet<string> _labels;
    private readonly Dictionary<string, IrKind> _kinds = new(StringComparer.Ordinal);

    public SagaNames(WorkflowModel model)
    {
        _variables = new HashSet<string>(IrNames.Of(model.Body).Concat(new[] { model.InputVariable }.OfType<string>()), StringComparer.Ordinal);
        _labels = new HashSet<string>(IrWalk.All(model.Body).SelectMany(LabelsOf), StringComparer.Ordinal);
        foreach (var variable in IrWalk.All(model.Body).SelectMany(IrWalk.Expressions).SelectMany(Reads))
        {
            _kinds[variable.Name] = variable.Kind;
        }
    }

    /// <summary>A new variable.</summary>
    public string Variable(string name) => Take(_variables, name);

    /// <summary>A new label for a call of a step.</summary>
    public string Label(string step) => Take(_labels, Reading.VariableNames.Ascii(step));

    /// <summary>What a variable is to those who read it.</summary>
    public IrKind KindOf(string variable) => _kinds.TryGetValue(variable, out var kind) ? kind : IrKind.Object;

    private static string Take(HashSet<string> taken, string name)
    {
        var candidate = name;
        for (var number = 2; !taken.Add(candidate); number++)
        {
            candidate = $"{name}_{number}";
        }

        return candidate;
    }

    private static IEnumerable<string> LabelsOf(IrStatement statement) => statement switch
    {
        IrStep step => [step.Label],
        IrMap map => [map.Label],
        IrWait wait => [wait.Label],
        IrEvent wait => [wait.Label],
        IrChild child => [child.Label],
        IrPublish publish => [publish.Label],
        IrParallel parallel => parallel.Branches.Select(static branch => branch.Name).Concat([parallel.Label]),
        _ => [],
    };

    private static IEnumerable<IrVariable> Reads(IrExpression expression) =>
        expression is IrVariable variable ? [variable] : IrWalk.Parts(expression).SelectMany(Reads);
}
