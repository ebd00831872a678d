using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;

namespace Portable.Analyzers.State;

/// <summary>A change of what outlives a call: of a field or property, or of the collection or array that is in one.</summary>
/// <param name="Member">The field or property, or the parameter of a primary constructor.</param>
/// <param name="Reference">The use of the member.</param>
/// <param name="At">The node to report: what is written, or the call that changes the collection.</param>
/// <param name="Value">The value that is assigned, where it is an assignment.</param>
/// <param name="IsContent">Whether not the member is changed but the collection or array in it.</param>
internal readonly record struct StateChange(ISymbol Member, IOperation Reference, SyntaxNode At, IOperation? Value, bool IsContent)
{
    /// <summary>Whether the member is of a type and not of an object.</summary>
    public bool IsStatic => Member.IsStatic;

    /// <summary>Whether it is the object of the body itself whose member is changed.</summary>
    public bool IsOwn => Reference switch
    {
        IMemberReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } } => true,
        IParameterReferenceOperation => true,
        _ => false,
    };

    /// <summary>Adds the changes that a body makes.</summary>
    public static void Collect(BodyFacts body, List<StateChange> changes)
    {
        foreach (var target in body.Written)
        {
            Add(target, target, changes);
        }

        foreach (var member in body.Members)
        {
            // Left sides only: what is passed by ref is mostly passed to Interlocked and Volatile, which know what they do.
            if (member.Parent is IArgumentOperation { Parameter.RefKind: RefKind.Out } && IsMember(member))
            {
                changes.Add(new StateChange(member.Member, member, member.Syntax, null, IsContent: false));
            }
        }

        foreach (var call in body.Calls)
        {
            if (call.Instance is { } instance && IsChange(call.TargetMethod.Name) && MutableCollections.Are(instance.Type) && MemberOf(instance) is { } member)
            {
                changes.Add(new StateChange(member, instance, call.Syntax, null, IsContent: true));
            }
        }
    }

    /// <summary>
    /// Whether the change makes a value once: <c>x ??= ...</c>, or an assignment under <c>if (x is null)</c> or <c>if (!x)</c>, of nothing that a parameter says.
    /// Doing so twice does no harm, and losing it neither.
    /// </summary>
    public bool IsLazy()
    {
        if (IsContent || Value is null || MentionsData(Value))
        {
            return false;
        }

        if (Value.Parent is ICoalesceAssignmentOperation)
        {
            return true;
        }

        for (var outer = Value.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IConditionalOperation conditional && AsksWhetherMissing(conditional.Condition, Member))
            {
                return true;
            }
        }

        return false;
    }

    private static void Add(IOperation target, IOperation at, List<StateChange> changes)
    {
        switch (target)
        {
            case ITupleOperation tuple:
                foreach (var element in tuple.Elements)
                {
                    Add(element, element, changes);
                }

                break;
            case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } instance } when MutableCollections.Are(instance.Type) && MemberOf(instance) is { } member:
                changes.Add(new StateChange(member, instance, at.Syntax, null, IsContent: true));
                break;
            case IArrayElementReferenceOperation element when MemberOf(element.ArrayReference) is { } member:
                changes.Add(new StateChange(member, element.ArrayReference, at.Syntax, null, IsContent: true));
                break;
            case IMemberReferenceOperation reference when IsMember(reference):
                changes.Add(new StateChange(reference.Member, reference, at.Syntax, ValueFor(target), IsContent: false));
                break;
            case IParameterReferenceOperation parameter when IsOfPrimaryConstructor(parameter):
                changes.Add(new StateChange(parameter.Parameter, parameter, at.Syntax, ValueFor(target), IsContent: false));
                break;
            default:
                break;
        }
    }

    private static IOperation? ValueFor(IOperation target) => target.Parent switch
    {
        ISimpleAssignmentOperation assignment => assignment.Value,
        ICoalesceAssignmentOperation assignment => assignment.Value,
        _ => null,
    };

    private static ISymbol? MemberOf(IOperation instance) => instance switch
    {
        IMemberReferenceOperation reference when IsMember(reference) => reference.Member,
        IParameterReferenceOperation parameter when IsOfPrimaryConstructor(parameter) => parameter.Parameter,
        _ => null,
    };

    // What a library declares is the library's affair, and what an object initializer sets belongs to the new object.
    private static bool IsMember(IMemberReferenceOperation reference) => reference.Instance is null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }
        && reference is IFieldReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: false }
        && reference.Member.DeclaringSyntaxReferences.Length > 0;

    // In a method, a parameter of a constructor can only be that of the primary one: the class keeps it in a field.
    private static bool IsOfPrimaryConstructor(IParameterReferenceOperation reference) => reference.Parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor };

    private static bool MentionsData(IOperation value)
    {
        if (value is IParameterReferenceOperation { Parameter: { } parameter } && parameter.Type.Name != "CancellationToken" && parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.AnonymousFunction })
        {
            return true;
        }

        foreach (var child in value.ChildOperations)
        {
            if (MentionsData(child))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AsksWhetherMissing(IOperation condition, ISymbol member) => condition switch
    {
        IIsPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } } pattern => Is(pattern.Value, member),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equal => Is(equal.LeftOperand, member) && IsNull(equal.RightOperand),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.ConditionalAnd } both => AsksWhetherMissing(both.LeftOperand, member) || AsksWhetherMissing(both.RightOperand, member),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => Is(not.Operand, member),
        _ => false,
    };

    private static bool IsNull(IOperation operation) => operation is { ConstantValue: { HasValue: true, Value: null } } || (operation is IConversionOperation { Operand: { } inner } && IsNull(inner));

    private static bool Is(IOperation operation, ISymbol member) => operation switch
    {
        IMemberReferenceOperation reference => SymbolEqualityComparer.Default.Equals(reference.Member, member),
        IParameterReferenceOperation reference => SymbolEqualityComparer.Default.Equals(reference.Parameter, member),
        IConversionOperation conversion => Is(conversion.Operand, member),
        _ => false,
    };

    private static bool IsChange(string name) => name is "Add" or "AddRange" or "AddOrUpdate" or "AddFirst" or "AddLast" or "Append" or "Clear" or "Dequeue" or "Enqueue" or "ExceptWith" or "GetOrAdd" or "Insert" or "InsertRange"
        or "IntersectWith" or "Pop" or "Push" or "PushRange" or "Remove" or "RemoveAll" or "RemoveAt" or "RemoveFirst" or "RemoveLast" or "RemoveRange" or "Reverse" or "SetItem" or "Sort" or "SymmetricExceptWith"
        or "TryAdd" or "TryDequeue" or "TryPop" or "TryRemove" or "TryTake" or "TryUpdate" or "UnionWith";
}
