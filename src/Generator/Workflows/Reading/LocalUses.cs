using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Portable.Generator.Workflows.Reading;

/// <summary>How a body uses its locals, found before it is read: what a later statement does can matter to an earlier one.</summary>
internal sealed class LocalUses
{
    private readonly HashSet<ISymbol> _reassigned = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<IOperation>> _references = new(SymbolEqualityComparer.Default);
    private readonly HashSet<SyntaxNode> _included = [];
    private readonly HashSet<ISymbol> _growing = new(SymbolEqualityComparer.Default);

    /// <summary>Locals whose lists get elements after they were made.</summary>
    public IEnumerable<ISymbol> Growing => _growing;

    public static LocalUses Of(IOperation body)
    {
        var uses = new LocalUses();
        uses.Include(body);
        return uses;
    }

    /// <summary>Adds what another function does.</summary>
    public void Include(IOperation body)
    {
        if (_included.Add(body.Syntax))
        {
            foreach (var operation in body.DescendantsAndSelf())
            {
                Add(operation);
            }
        }
    }

    /// <summary>Whether a variable gets another value than its first one.</summary>
    public bool IsReassigned(ISymbol symbol) => _reassigned.Contains(symbol);

    public bool IsGrowing(ISymbol symbol) => _growing.Contains(symbol);

    public IReadOnlyList<IOperation> References(ISymbol symbol) => _references.TryGetValue(symbol, out var found) ? found : [];

    /// <summary>The variable whose list a call adds to: <c>list.Add(x)</c>, <c>list.AddRange(xs)</c>.</summary>
    public static ISymbol? GrownBy(IOperation operation) =>
        operation is IInvocationOperation { TargetMethod: { Name: "Add" or "AddRange", Parameters.Length: 1 } method, Instance: { } instance }
            && ListTypes.IsGrowing(method.ContainingType)
            ? VariableOf(instance)
            : null;

    public static ISymbol? VariableOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    private void Add(IOperation operation)
    {
        if (VariableOf(operation) is { } symbol)
        {
            if (!_references.TryGetValue(symbol, out var found))
            {
                _references[symbol] = found = [];
            }

            found.Add(operation);
        }

        var target = operation switch
        {
            IDeconstructionAssignmentOperation { Target: ITupleOperation tuple } => tuple,
            IAssignmentOperation assignment => assignment.Target,
            IIncrementOrDecrementOperation increment => increment.Target,
            _ => null,
        };
        foreach (var assigned in target is ITupleOperation several ? several.Elements : target is null ? Enumerable.Empty<IOperation>() : [target])
        {
            if (VariableOf(assigned) is { } again)
            {
                _reassigned.Add(again);
            }
        }

        if (GrownBy(operation) is { } list)
        {
            _growing.Add(list);
        }
    }
}
