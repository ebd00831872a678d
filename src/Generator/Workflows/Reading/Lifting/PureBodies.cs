using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Portable.Generator.Workflows.Reading;

/// <summary>
/// Whether the user's own methods compute their result and do nothing else. They may have statements, and change what they made
/// themselves: their locals, and lists and texts that only they know.
/// </summary>
internal sealed class PureBodies(ReadingContext context, Func<IOperation, Impurity?> judge)
{
    private const int Deepest = 8;

    // Those that are being looked at: a recursive one is as pure as the rest of it.
    private readonly HashSet<ISymbol> _open = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, Impurity?> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Whether a body is being looked at, where <c>this</c> is the record that the method belongs to.</summary>
    public bool IsInside => _open.Count > 0;

    /// <summary>Whether a method's statements can be looked at: a static one, or one of a record whose members are the run's data.</summary>
    public bool CanJudge(IMethodSymbol method) =>
        method is { MethodKind: MethodKind.Ordinary or MethodKind.PropertyGet, IsAbstract: false, IsAsync: false, DeclaringSyntaxReferences.Length: > 0 }
        && _open.Count < Deepest
        && (method.IsStatic || (JsonMembers.IsData(method.ContainingType) && (!method.IsVirtual || method.ContainingType.IsSealed) && method.ContainingType.TypeKind != TypeKind.Interface));

    /// <summary>The first thing in it that is not pure; <see langword="null"/> when all is.</summary>
    public Impurity? Find(IMethodSymbol method)
    {
        method = method.OriginalDefinition;
        if (_known.TryGetValue(method, out var known) || !_open.Add(method))
        {
            return known;
        }

        var body = Of(method, context.Semantics.Compilation, context.CancellationToken);
        Impurity? found = body is null ? new(null!, "", "has no body that can be looked at") : Find(body, Made(body));
        _open.Remove(method);
        if (_open.Count == 0)
        {
            _known[method] = found;
        }

        return found;
    }

    /// <summary>The body of a method; <see langword="null"/> when it has none in the source.</summary>
    public static IOperation? Of(IMethodSymbol method, Compilation compilation, CancellationToken cancellationToken)
    {
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            var syntax = reference.GetSyntax(cancellationToken);
            var semantics = compilation.GetSemanticModel(syntax.SyntaxTree);
            IOperation? body = semantics.GetOperation(syntax, cancellationToken) switch
            {
                IMethodBodyOperation declared => declared.BlockBody ?? declared.ExpressionBody,
                IBlockOperation block => block,
                _ => null,
            };
            if (body is not null)
            {
                return body;
            }

            // The expression of a computed property is the body of its getter.
            if (syntax is ArrowExpressionClauseSyntax arrow && semantics.GetOperation(arrow.Expression, cancellationToken) is { } expression)
            {
                return expression;
            }
        }

        return null;
    }

    private Impurity? Find(IOperation operation, HashSet<ISymbol> made)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        if (operation is IInvalidOperation)
        {
            return new(operation, "", "has errors");
        }

        if (!operation.ConstantValue.HasValue && !IsOwnBusiness(operation, made) && judge(operation) is { } found)
        {
            return found;
        }

        foreach (var child in operation.ChildOperations)
        {
            if (Find(child, made) is { } inner)
            {
                return inner;
            }
        }

        return null;
    }

    private static bool IsOwnBusiness(IOperation operation, HashSet<ISymbol> made) => operation switch
    {
        IBlockOperation or IReturnOperation or IVariableDeclarationGroupOperation or IVariableDeclarationOperation or IVariableDeclaratorOperation or IVariableInitializerOperation
            or IExpressionStatementOperation or IConditionalOperation or ISwitchOperation or ISwitchCaseOperation or ICaseClauseOperation or IForLoopOperation or IForEachLoopOperation { IsAsynchronous: false }
            or IWhileLoopOperation or IBranchOperation or IEmptyOperation or ITryOperation or ICatchClauseOperation or IThrowOperation or ILocalFunctionOperation or IAnonymousFunctionOperation
            or ILabeledOperation or IParenthesizedOperation or IMethodBodyOperation => true,
        IAssignmentOperation assignment => Targets(assignment.Target).All(target => IsOwn(target, made)),
        IIncrementOrDecrementOperation increment => IsOwn(increment.Target, made),
        IInstanceReferenceOperation => true,
        IInvocationOperation { TargetMethod.MethodKind: MethodKind.LocalFunction } => true, // its body is looked at where it stands
        IInvocationOperation { Instance: { } instance } call when PureTypes.IsMade(call.TargetMethod.ContainingType) => LocalUses.VariableOf(instance) is { } local ? made.Contains(local) : instance is IInvocationOperation,
        IObjectCreationOperation { Type: INamedTypeSymbol type } => IsException(type) || PureTypes.IsMade(type),
        IPropertyReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }, Property: { IsStatic: false } own } => !JsonMembers.IsLost(own) && !JsonMembers.IsComputed(own),
        IArrayElementReferenceOperation => true,
        _ => false,
    };

    private static IEnumerable<IOperation> Targets(IOperation target) => target switch
    {
        ITupleOperation tuple => tuple.Elements.SelectMany(Targets),
        IDeclarationExpressionOperation declared => Targets(declared.Expression),
        _ => [target],
    };

    private static bool IsOwn(IOperation target, HashSet<ISymbol> made) => target switch
    {
        ILocalReferenceOperation or IDiscardOperation => true,
        IParameterReferenceOperation { Parameter.RefKind: RefKind.None } => true,
        IArrayElementReferenceOperation { ArrayReference: var array } => LocalUses.VariableOf(array) is { } local && made.Contains(local),
        IPropertyReferenceOperation { Instance: { } instance } => instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } || (LocalUses.VariableOf(instance) is { } local && made.Contains(local)),
        _ => false,
    };

    // Locals all of whose values were made here, so that nobody else sees what is done to them.
    private static HashSet<ISymbol> Made(IOperation body)
    {
        var made = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var not = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var operation in body.DescendantsAndSelf())
        {
            var (symbol, value) = operation switch
            {
                IVariableDeclaratorOperation declarator => ((ISymbol?)declarator.Symbol, declarator.GetVariableInitializer()?.Value),
                ISimpleAssignmentOperation { Target: ILocalReferenceOperation local } assignment => (local.Local, assignment.Value),
                _ => (null, null),
            };
            if (symbol is not null && value is not null)
            {
                (IsFresh(value) ? made : not).Add(symbol);
            }
        }

        made.ExceptWith(not);
        return made;
    }

    private static bool IsFresh(IOperation value) => value switch
    {
        IConversionOperation conversion => IsFresh(conversion.Operand),
        IObjectCreationOperation or IArrayCreationOperation => true,
        IInvocationOperation call => call.TargetMethod.Name is "ToList" or "ToArray" or "ToDictionary" or "ToHashSet" or "Split" or "ToCharArray" or "GetRange",
        _ => value.Syntax is CollectionExpressionSyntax,
    };

    private static bool IsException(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current is { Name: "Exception", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } })
            {
                return true;
            }
        }

        return false;
    }
}
