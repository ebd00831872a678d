using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Discovery;

namespace Portable.Generator.Workflows.Reading;

/// <summary>What keeps an expression from being evaluated apart from the workflow.</summary>
/// <param name="IsLocal">Whether a larger expression around it could be.</param>
internal sealed record Impurity(IOperation Operation, string Rule, string Problem, bool IsLocal = false);

/// <summary>
/// Whether an expression gives the same result whenever it is evaluated and changes nothing. What is not known to be pure is not: a
/// mistake here is a workflow that behaves differently on each engine.
/// </summary>
internal sealed class Purity(ReadingContext context, Func<IOperation, bool> isValue)
{
    private const int DeepestRecord = 8;

    private readonly HashSet<ISymbol> _fields = new(SymbolEqualityComparer.Default);
    private PureBodies? _judge;

    private PureBodies Bodies => _judge ??= new PureBodies(context, Own);

    /// <summary>The first thing that is not pure; <see langword="null"/> when all is.</summary>
    public Impurity? Find(IOperation operation)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        if (operation.ConstantValue.HasValue || (operation is not IAwaitOperation && isValue(operation)))
        {
            return null;
        }

        var own = Own(operation);
        if (own is not null)
        {
            return own;
        }

        foreach (var child in operation.ChildOperations)
        {
            if (Find(child) is { } inner)
            {
                return inner;
            }
        }

        return null;
    }

    /// <summary>What is not pure about an operation by itself.</summary>
    private Impurity? Own(IOperation operation) => operation switch
    {
        IInvocationOperation call => OfCall(call),
        IPropertyReferenceOperation member => OfProperty(member),
        IFieldReferenceOperation field => OfField(field),
        IObjectCreationOperation creation => OfCreation(creation),
        IMethodReferenceOperation { Method: { MethodKind: not MethodKind.LocalFunction } method } reference when Bodies.CanJudge(method) => Through(reference, $"uses the method '{method.Name}'", Bodies.Find(method)),
        IMethodReferenceOperation { Method: { } method } reference when !PureTypes.Allows(method) => Unsupported(reference, $"uses the method '{method.Name}': put the code into a step"),
        IConversionOperation { OperatorMethod: { } method } conversion when !PureTypes.Allows(method) => Unsupported(conversion, $"converts '{conversion.Operand.Type?.Name}' to '{conversion.Type?.Name}': do it in a step"),
        IBinaryOperation binary => OfBinary(binary),
        IUnaryOperation { OperatorMethod: { } method } unary when !PureTypes.Allows(method) => Unsupported(unary, $"uses an operator of '{method.ContainingType.Name}': do it in a step"),
        ILocalReferenceOperation or IParameterReferenceOperation => null,
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => Unsupported(operation, ExpressionProblems.Of(operation)),
        ISimpleAssignmentOperation { Parent: IObjectOrCollectionInitializerOperation or IAnonymousObjectCreationOperation } => null,
        IAwaitOperation => Unsupported(operation, "awaits inside an expression that engines cannot compute: keep the step's result in a local first"),
        IAnonymousFunctionOperation { Body.Operations: [IReturnOperation] } => null,
        IAnonymousFunctionOperation => Unsupported(operation, "has a lambda with statements: put the code into a step"),
        _ when IsHarmless(operation) => null,
        _ => Unsupported(operation, ExpressionProblems.Of(operation)),
    };

    private static bool IsHarmless(IOperation operation) => operation
        is ILiteralOperation or IConversionOperation or IUnaryOperation or IConditionalOperation or ICoalesceOperation or IConditionalAccessOperation
        or IConditionalAccessInstanceOperation or IInterpolatedStringOperation or IInterpolatedStringContentOperation or IIsPatternOperation or IPatternOperation
        or IPropertySubpatternOperation or ISwitchExpressionOperation or ISwitchExpressionArmOperation or ITupleOperation or IArrayCreationOperation
        or IArrayInitializerOperation or IArrayElementReferenceOperation or IRangeOperation or IImplicitIndexerReferenceOperation or IWithOperation or ITranslatedQueryOperation
        or IDefaultValueOperation or INameOfOperation or IIsTypeOperation or IArgumentOperation or IObjectOrCollectionInitializerOperation
        or IMemberInitializerOperation or IDelegateCreationOperation or IDeclarationExpressionOperation or IDiscardOperation or IInstanceReferenceOperation
        or IBlockOperation or IReturnOperation or IAnonymousObjectCreationOperation or ITypeOfOperation
        || operation.Syntax is CollectionExpressionSyntax or SpreadElementSyntax;

    private static Impurity Unsupported(IOperation operation, string problem) => new(operation, RuleIdentifiers.UnsupportedExpression, problem);

    private Impurity? OfCall(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.MethodKind == MethodKind.LocalFunction)
        {
            return Unsupported(call, $"calls the local function '{method.Name}' within an expression that engines cannot compute: keep its result in a local first, or make it a static method of the class");
        }

        if (PureTypes.WhyNotReplayable(method) is { } problem)
        {
            return new(call, RuleIdentifiers.NotReplayable, problem);
        }

        if (PureTypes.Allows(method) || (IsOwnEquality(method) && IsValue(method.ContainingType, 0)) || (call.Parent is IObjectOrCollectionInitializerOperation && method.Name == "Add" && PureTypes.IsCollection(method.ContainingType)))
        {
            return null;
        }

        if (!Bodies.IsInside && IsThis(call.Instance))
        {
            return Unsupported(call, $"calls '{method.Name}' of its own object, which engines do not keep between steps: make the method static if it needs nothing of the object, or put the call into a step");
        }

        var own = method.ReducedFrom ?? method;
        return Bodies.CanJudge(own) ? Through(call, $"calls '{method.Name}'", Bodies.Find(own))
            : Unsupported(call, method.MethodKind == MethodKind.DelegateInvoke
                ? "calls a delegate: put the code into a step"
                : $"calls '{method.Name}': put the call into a step");
    }

    private Impurity? OfProperty(IPropertyReferenceOperation reference)
    {
        var property = reference.Property;
        if (PureTypes.WhyNotReplayable(property) is { } problem)
        {
            return new(reference, RuleIdentifiers.NotReplayable, problem);
        }

        if (PureTypes.Knows(property.ContainingType) || property.ContainingType.IsAnonymousType || (PureTypes.IsCollection(property.ContainingType) && !property.IsStatic))
        {
            return null;
        }

        if (IsContract(property.ContainingType))
        {
            return null;
        }

        if (property.IsStatic || (!Bodies.IsInside && IsThis(reference.Instance)))
        {
            return Unsupported(reference, $"reads '{property.Name}', which is not part of the run's data: pass it in the input or read it in a step");
        }

        if (JsonMembers.IsLost(property))
        {
            return Unsupported(reference, JsonMembers.WhyNotReadable(property) ?? "reads what is not part of the JSON");
        }

        return property.IsIndexer || !JsonMembers.IsData(property.ContainingType) || property.ContainingType.TypeKind == TypeKind.Interface
            ? Unsupported(reference, $"reads '{property.Name}' of '{property.ContainingType.Name}', which may give another value each time: read it in a step")
            : JsonMembers.IsComputed(property) ? OfBody(reference, property) : null;
    }

    private static bool IsThis(IOperation? operation) => operation is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance };

    // How a type is written as JSON never changes.
    private static bool IsContract(INamedTypeSymbol type) => type.BaseType is { Name: "JsonSerializerContext", ContainingNamespace.Name: "Serialization" };

    // A computed property is as pure as its expression.
    private Impurity? OfBody(IPropertyReferenceOperation reference, IPropertySymbol property) =>
        property.GetMethod is { } getter && Bodies.CanJudge(getter)
            ? Through(reference, $"reads '{property.Name}'", Bodies.Find(getter))
            : Unsupported(reference, $"reads '{property.Name}', which is computed in a way that may give another value each time: compute it in a step");

    // What is wrong in a method is said where it is called.
    private static Impurity? Through(IOperation operation, string what, Impurity? inner) => inner switch
    {
        null => null,
        { Rule: RuleIdentifiers.NotReplayable } => new(operation, inner.Rule, $"{what}, which {inner.Problem}"),
        _ when inner.Rule.Length == 0 => Unsupported(operation, $"{what}, which {inner.Problem}: put the call into a step"),
        _ => Unsupported(operation, $"{what}, which {inner.Problem}; or run the whole in a step"),
    };

    private Impurity? OfField(IFieldReferenceOperation reference)
    {
        var field = reference.Field;
        if (field.IsConst || field.ContainingType.IsTupleType || (field is { IsStatic: true, IsReadOnly: true } && PureTypes.Knows(field.ContainingType)))
        {
            return null;
        }

        return PureFields.ValueOf(field, context.Semantics.Compilation, context.CancellationToken) is { } value && _fields.Add(field) && value.DescendantsAndSelf().All(part => part.ConstantValue.HasValue || Own(part) is null)
            ? Forget(field)
            : Unsupported(reference, ExpressionProblems.Of(reference));
    }

    private Impurity? Forget(IFieldSymbol field)
    {
        _fields.Remove(field);
        return null;
    }

    private Impurity? OfCreation(IObjectCreationOperation creation)
    {
        if (creation.Type is not INamedTypeSymbol type || creation.Constructor is not { } constructor)
        {
            return Unsupported(creation, ExpressionProblems.Of(creation));
        }

        if (PureTypes.WhyNotReplayable(constructor) is { } problem)
        {
            return new(creation, RuleIdentifiers.NotReplayable, problem);
        }

        return PureTypes.Knows(type) || PureTypes.IsCollection(type) || (JsonMembers.IsData(type) && (constructor.IsImplicitlyDeclared || JsonMembers.IsPositional(constructor, context.CancellationToken)))
            ? null
            : Unsupported(creation, $"makes a '{type.Name}' with a constructor whose body engines cannot know: use a positional record or an object initialiser");
    }

    private static Impurity? OfBinary(IBinaryOperation binary)
    {
        if (binary.OperatorMethod is { } method)
        {
            return IsOwnEquality(method) && !IsNull(binary.LeftOperand) && !IsNull(binary.RightOperand) && !IsValue(method.ContainingType, 0)
                ? Unsupported(binary, $"compares two '{method.ContainingType.Name}' that hold lists or other objects, whose identity JSON does not keep: compare their members")
                : PureTypes.Allows(method) || IsOwnEquality(method) ? null : Unsupported(binary, $"uses an operator of '{method.ContainingType.Name}': do it in a step");
        }

        // Two copies from JSON are never the same object.
        return binary.OperatorKind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals
            && IsIdentity(binary.LeftOperand) && IsIdentity(binary.RightOperand)
                ? Unsupported(binary, "compares two objects by their identity, which JSON does not keep: compare their members")
                : null;
    }

    private static bool IsNull(IOperation operation) => operation.ConstantValue is { HasValue: true, Value: null };

    private static bool IsIdentity(IOperation operation) =>
        operation is { Type: { IsReferenceType: true, SpecialType: not SpecialType.System_String }, ConstantValue.HasValue: false };

    // A record is equal to its copy from JSON if all that it holds is.
    private static bool IsValue(ITypeSymbol type, int depth) =>
        type.SpecialType == SpecialType.System_String || JsonMembers.Unwrap(type)?.TypeKind == TypeKind.Enum || (JsonMembers.Unwrap(type) is INamedTypeSymbol known && known.IsValueType && PureTypes.Knows(known))
        || (depth < DeepestRecord && JsonMembers.Unwrap(type) is INamedTypeSymbol { IsRecord: true } record
            && record.GetMembers().OfType<IFieldSymbol>().All(field => field.IsStatic || WorkflowSymbols.Same(field.Type, record) || IsValue(field.Type, depth + 1)));

    private static bool IsOwnEquality(IMethodSymbol method) => method is { IsImplicitlyDeclared: true, ContainingType.IsRecord: true };
}
