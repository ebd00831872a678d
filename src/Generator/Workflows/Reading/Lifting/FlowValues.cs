using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>The parts of a lifted expression that the workflow gives (<c>flow.UtcNow</c>, <c>failure.Code</c>): they are computed before, and travel as variables.</summary>
internal sealed class FlowValues(ReadingContext context, FlowValueReader flow)
{
    private readonly Dictionary<IOperation, (string Name, IrExpression? Value)> _values = [];
    private readonly List<IrStatement> _before = [];

    /// <summary>Whether one of them could not be read, which has been reported.</summary>
    public bool Failed { get; private set; }

    public IReadOnlyList<IrStatement> Before => _before;

    public IReadOnlyDictionary<SyntaxNode, string> Names => _values.ToDictionary(static value => value.Key.Syntax, static value => value.Value.Name);

    public IEnumerable<(IOperation Operation, string Name, IrExpression Value)> All => _values.Select(static value => (value.Key, value.Value.Name, value.Value.Value!));

    public bool Has(IOperation operation)
    {
        if (_values.ContainsKey(operation))
        {
            return true;
        }

        // A function runs where it is called, and this may be in a lambda or behind a '?'.
        if (operation is IInvocationOperation { TargetMethod.MethodKind: MethodKind.LocalFunction })
        {
            return false;
        }

        IrExpression? value = null;
        var isValue = context.Prelude.Apart(() => flow(operation, out value), out var before);
        if (isValue)
        {
            Failed |= value is null || operation.Type is null;
            _before.AddRange(before);
            _values.Add(operation, ($"given__{_values.Count + 1}", value));
        }

        return isValue;
    }

    /// <summary>The variables that an operation reads, besides.</summary>
    public IEnumerable<IOperation> References(IOperation operation) =>
        _values.ContainsKey(operation) ? []
        : operation is ILocalReferenceOperation or IParameterReferenceOperation ? [operation]
        : operation.ChildOperations.SelectMany(References);
}
