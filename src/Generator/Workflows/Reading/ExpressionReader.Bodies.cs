using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <content>
/// The user's own methods, computed properties and static readonly fields: where one is a single expression that engines compute
/// themselves, it stands where it is used. Any other is a part of the expression that becomes a step.
/// </content>
internal sealed partial class ExpressionReader
{
    private readonly Dictionary<ISymbol, IrExpression> _arguments = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _reading = new(SymbolEqualityComparer.Default);
    private readonly Stack<IrExpression> _instances = new();

    /// <summary>The value of a call whose method is one expression; <see langword="null"/> when it is none, or not native.</summary>
    private IrExpression? OwnCall(IInvocationOperation call)
    {
        var method = call.TargetMethod.ReducedFrom ?? call.TargetMethod;
        if (method is not { MethodKind: MethodKind.Ordinary, IsGenericMethod: false, IsAbstract: false, IsVirtual: false, IsAsync: false, DeclaringSyntaxReferences.Length: > 0 }
            || method.Parameters.Any(static parameter => parameter.RefKind != RefKind.None)
            || !(method.IsStatic || JsonMembers.IsData(method.ContainingType))
            || Expression(method) is not { } expression)
        {
            return null;
        }

        IrExpression? instance = null;
        if (!method.IsStatic && (call.Instance is null || (instance = Target(call, call.Instance, method.Name)) is null))
        {
            return null;
        }

        var given = new List<(IParameterSymbol Parameter, IrExpression Value)>();
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is not { } parameter || Native(argument.Value) is not { } value)
            {
                return null;
            }

            given.Add((parameter, Once(value)));
        }

        return Body(method, expression, instance, given);
    }

    /// <summary>The value of a computed property, likewise.</summary>
    private IrExpression? OwnProperty(IPropertyReferenceOperation reference) =>
        reference is { Instance: { } instance, Property: { GetMethod: { } getter } property } && JsonMembers.IsData(property.ContainingType) && JsonMembers.IsComputed(property)
        && property is { IsVirtual: false, IsAbstract: false, IsIndexer: false } && Expression(getter) is { } expression && Target(reference, instance, property.Name) is { } target
            ? Body(property, expression, target, [])
            : null;

    /// <summary>The value of a static readonly field, likewise.</summary>
    private IrExpression? Field(IFieldReferenceOperation reference) =>
        reference.Field is { Name: "Empty", ContainingType.SpecialType: SpecialType.System_String } ? Empty
        : (PureFields.ValueOf(reference.Field, context.Semantics.Compilation, context.CancellationToken) is { } value ? Body(reference.Field, value, null, []) : null)
            ?? Blocked(reference, ExpressionProblems.Of(reference));

    private IOperation? Expression(IMethodSymbol method) => PureBodies.Of(method, context.Semantics.Compilation, context.CancellationToken) switch
    {
        IBlockOperation { Operations: [IReturnOperation { ReturnedValue: { } value }] } => value,
        IBlockOperation => null,
        var expression => expression,
    };

    private IrExpression? Body(ISymbol owner, IOperation expression, IrExpression? instance, IReadOnlyList<(IParameterSymbol Parameter, IrExpression Value)> given)
    {
        if (expression.SemanticModel is not { } semantics || !_reading.Add(owner))
        {
            return null;
        }

        foreach (var (parameter, value) in given)
        {
            _arguments[parameter] = value;
        }

        if (instance is not null)
        {
            _instances.Push(instance);
        }

        var read = context.Inlined(context.Function, semantics, () => Native(expression));
        if (instance is not null)
        {
            _instances.Pop();
        }

        foreach (var (parameter, _) in given)
        {
            _arguments.Remove(parameter);
        }

        _reading.Remove(owner);
        return read;
    }

    // The object that a member is read of.
    private IrExpression? Target(IOperation operation, IOperation instance, string name)
    {
        if (Native(instance) is not { } target)
        {
            return null;
        }

        if (instance is not (IConditionalAccessInstanceOperation or IInstanceReferenceOperation))
        {
            if (MayBeNull(instance))
            {
                return Reject(operation, $"reads '{name}' of a value that may be null here: check it with 'is not null' first");
            }

            FailIfForgiven(instance, target);
        }

        return Once(target);
    }
}
