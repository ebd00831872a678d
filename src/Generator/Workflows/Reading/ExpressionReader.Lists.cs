using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <content>Lists: counting, indexing, searching, making.</content>
internal sealed partial class ExpressionReader
{
    /// <summary>A list that is about to be counted, searched, indexed or run through. One whose type is not nullable is taken at its word: a null there breaks the payload's contract.</summary>
    public IrExpression? List(IOperation operation, string code = NullReference, string message = NullReferenceMessage)
    {
        while (operation is IConversionOperation { OperatorMethod: null, Operand.Type: { } inner } conversion && ListTypes.ElementOf(inner) is not null
            && (conversion.Conversion.IsReference || conversion.Conversion.IsIdentity))
        {
            operation = conversion.Operand;
        }

        // A parameter of a span takes an array by a conversion that calls nothing that matters.
        if (operation is IConversionOperation { Operand.Type: IArrayTypeSymbol, Type.Name: "ReadOnlySpan" or "Span" } span)
        {
            operation = span.Operand;
        }

        if (ListTypes.ElementOf(operation.Type) is null)
        {
            return Blocked(operation, ExpressionProblems.Of(operation));
        }

        if (Native(operation) is not { } list)
        {
            return null;
        }

        if (operation is not IConditionalAccessInstanceOperation)
        {
            if (MayBeNull(operation))
            {
                return Reject(operation, "uses a list that may be null here: check it with 'is not null' first");
            }

            FailIfForgiven(operation, list, code, message);
        }

        return list;
    }

    private IrExpression? Count(IOperation list) => List(list) is { } value ? new IrCount(value) : null;

    private IrExpression? Element(IOperation operation, IOperation listOperation, IOperation indexOperation)
    {
        if (FromEnd(indexOperation) is { } fromEnd)
        {
            return FromEnd(operation, listOperation, fromEnd);
        }

        if (indexOperation.Type?.SpecialType != SpecialType.System_Int32)
        {
            return Blocked(operation, "uses an index that is no int: compute it in a step");
        }

        if (List(listOperation) is not { } read || Native(indexOperation) is not { } position)
        {
            return null;
        }

        var kind = context.KindOf(operation.Type);
        if (IsInside(listOperation, indexOperation))
        {
            return new IrElement(read, position, kind);
        }

        var (list, index) = (Once(read), Once(position));
        IrExpression outside = new IrBinary(IrOperator.GreaterOrEqual, index, new IrCount(list));
        if (Intervals.Of(indexOperation).Low < 0)
        {
            outside = new IrBinary(IrOperator.Or, new IrBinary(IrOperator.Less, index, new IrLiteral(IrKind.Integer, "0")), outside);
        }

        FailOutside(outside, listOperation);
        return new IrElement(list, index, kind);
    }

    private void FailOutside(IrExpression outside, IOperation list)
    {
        if (list.Type is IArrayTypeSymbol or { Name: "ImmutableArray" })
        {
            FailIf(outside, "IndexOutOfRangeException", "Index was outside the bounds of the array.");
        }
        else
        {
            FailIf(outside, "ArgumentOutOfRangeException", "Index was out of range. Must be non-negative and less than the size of the collection. (Parameter 'index')");
        }
    }

    // ^1, of a constant.
    private static int? FromEnd(IOperation index) =>
        index is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat, Operand.ConstantValue: { HasValue: true, Value: int and >= 1 and var position } } ? position
        : index is IConversionOperation { Operand: var inner } ? FromEnd(inner)
        : null;

    private IrExpression? FromEnd(IOperation operation, IOperation listOperation, int position)
    {
        if (List(listOperation) is not { } read)
        {
            return null;
        }

        var list = Once(read);
        FailOutside(new IrBinary(IrOperator.Less, new IrCount(list), new IrLiteral(IrKind.Integer, position.ToString(System.Globalization.CultureInfo.InvariantCulture))), listOperation);
        return new IrElement(list, FromEnd(list, position), context.KindOf(operation.Type));
    }

    // The first or last element, which must be there, or else is null, 0 or false.
    private IrExpression? Edge(IInvocationOperation call, IrExpression read)
    {
        var kind = context.KindOf(call.Type);
        var list = Once(read);
        IrExpression isEmpty = new IrBinary(IrOperator.Equal, new IrCount(list), new IrLiteral(IrKind.Integer, "0"));
        IrExpression element = new IrElement(list, call.TargetMethod.Name.StartsWith("First", StringComparison.Ordinal) ? new IrLiteral(IrKind.Integer, "0") : FromEnd(list, 1), kind);
        if (call.TargetMethod.Name is "First" or "Last")
        {
            FailIf(isEmpty, "InvalidOperationException", "Sequence contains no elements");
            return element;
        }

        IrLiteral? otherwise = call.Type is { IsReferenceType: true } || (call.Type is { } type && JsonMembers.IsNullable(type)) ? new IrLiteral(IrKind.Null, "")
            : call.Type?.TypeKind != TypeKind.Enum && kind == IrKind.Integer ? new IrLiteral(kind, "0")
            : kind == IrKind.Boolean ? new IrLiteral(kind, "false")
            : null;
        return otherwise is null ? null : new IrConditional(isEmpty, otherwise, element, kind);
    }

    // The counter of for (var i = 0; i < list.Count; i++), where nobody exchanges the list.
    private static bool IsInside(IOperation list, IOperation index) =>
        index is ILocalReferenceOperation counter
        && Intervals.Loop(counter.Local) is { Condition: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LessThanExpression, Right: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Count" or "Length" } limit } } loop
        && loop.Statement.Span.Contains(index.Syntax.SpanStart)
        && Intervals.Of(index).Low >= 0
        && SyntaxFactory.AreEquivalent(limit.Expression, list.Syntax)
        && limit.Expression.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().FirstOrDefault() is { } root
        && !Intervals.Assigns(loop.Statement, root.Identifier.ValueText)
        && !IsAssignedByFunction(loop, root.Identifier.ValueText);

    // A local function that the loop may call.
    private static bool IsAssignedByFunction(SyntaxNode loop, string name) =>
        loop.Ancestors().OfType<MemberDeclarationSyntax>().FirstOrDefault() is { } member
        && member.DescendantNodes().OfType<LocalFunctionStatementSyntax>().Any(function => Intervals.Assigns(function, name));

    /// <summary>A call on a list; <see langword="null"/> when it is none or not native.</summary>
    private IrExpression? ListCall(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var isExtension = method.ContainingType is { Name: "Enumerable" or "MemoryExtensions" } owner && owner.ContainingNamespace.ToDisplayString() is "System.Linq" or "System";
        var arguments = call.Arguments.Select(static argument => argument.Value).ToImmutableArray();
        var all = isExtension ? arguments : call.Instance is { } instance ? arguments.Insert(0, instance) : ImmutableArray<IOperation>.Empty;
        var (code, message) = isExtension ? ("ArgumentNullException", "Value cannot be null. (Parameter 'source')") : (NullReference, NullReferenceMessage);
        switch (method.Name, all.Length)
        {
            case ("Any" or "Count", 1) when isExtension:
                return List(all[0], code, message) is not { } counted ? null
                    : method.Name == "Count" ? new IrCount(counted)
                    : new IrBinary(IrOperator.Greater, new IrCount(counted), new IrLiteral(IrKind.Integer, "0"));

            case ("First" or "Last" or "FirstOrDefault" or "LastOrDefault", 1) when isExtension && ListTypes.ElementOf(all[0].Type) is not null:
                return List(all[0], code, message) is { } edged ? Edge(call, edged) : null;

            case ("Contains", 2) when Sought(all[1]) is { } sought:
                return List(all[0], code, message) is { } list && Native(sought) is { } value ? new IrContains(list, value) : null;

            case ("Empty", 0) when method.ContainingType.Name is "Array" or "Enumerable" && ListTypes.ElementOf(call.Type) is not null:
                return new IrList(EquatableArray<IrExpression>.Empty);

            // A copy of a list is the same JSON.
            case ("ToList" or "ToArray" or "AsEnumerable", 1) when isExtension && ListTypes.ElementOf(all[0].Type) is not null && ListTypes.ElementOf(call.Type) is not null:
                return List(all[0], code, message);

            default:
                return null;
        }
    }

    // Texts and integers are found alike everywhere; null is not.
    private IOperation? Sought(IOperation value) =>
        value.Type is { } type && JsonMembers.KindOf(type) is IrKind.Text or IrKind.Integer && !JsonMembers.IsNullable(type) && !MayBeNull(value) ? value : null;

    private IrExpression? NewArray(IArrayCreationOperation array) =>
        ListTypes.ElementOf(array.Type) is null ? Blocked(array, ExpressionProblems.Of(array))
        : array.Initializer is { } initializer ? Items(initializer.ElementValues)
        : array.DimensionSizes is [{ ConstantValue: { HasValue: true, Value: 0 } }] ? new IrList(EquatableArray<IrExpression>.Empty)
        : Blocked(array, ExpressionProblems.Of(array));

    private IrExpression? NewList(IObjectCreationOperation creation)
    {
        IrExpression? copied = null;
        if (creation.Arguments.Length > 0)
        {
            copied = creation.Arguments is [{ Parameter.Name: "collection", Value: var from }] ? List(from, "ArgumentNullException", "Value cannot be null. (Parameter 'collection')") : Blocked(creation, ExpressionProblems.Of(creation));
            if (copied is null)
            {
                return null;
            }
        }

        var items = ImmutableArray.CreateBuilder<IOperation>();
        foreach (var initializer in creation.Initializer?.Initializers ?? ImmutableArray<IOperation>.Empty)
        {
            if (initializer is not IInvocationOperation { TargetMethod.Name: "Add", Arguments: [{ Value: var item }] })
            {
                return Blocked(initializer, ExpressionProblems.Of(creation));
            }

            items.Add(item);
        }

        return Items(items.ToImmutable()) is not { } made ? null : copied is null ? made : items.Count == 0 ? copied : new IrJoin(copied, made);
    }

    private IrExpression? Items(ImmutableArray<IOperation> values)
    {
        var items = values.Select(Read).ToArray();
        return items.Any(static item => item is null) ? null : new IrList(items.Select(static item => item!).ToEquatableArray());
    }

    // By syntax: older compilers have no operation for [a, ..b].
    private IrExpression? Collection(IOperation operation, CollectionExpressionSyntax syntax)
    {
        var target = context.Semantics.GetTypeInfo(syntax, context.CancellationToken).ConvertedType;
        if (ListTypes.ElementOf(target) is not { } elementType)
        {
            return Blocked(operation, "makes a collection that is no list or array: make it in a step");
        }

        IrExpression? result = null;
        var run = new List<IrExpression>();
        foreach (var element in syntax.Elements)
        {
            var (inner, isSpread) = element is SpreadElementSyntax spread ? (spread.Expression, true) : (((ExpressionElementSyntax)element).Expression, false);
            if (context.Semantics.GetOperation(inner, context.CancellationToken) is not { } value)
            {
                return Blocked(operation, ExpressionProblems.Of(operation));
            }

            if (isSpread)
            {
                if (!WorkflowSymbols.Same(ListTypes.ElementOf(value.Type), elementType))
                {
                    return Blocked(value, "spreads something that is no list of the same type: do it in a step");
                }

                if (List(value) is not { } list)
                {
                    return null;
                }

                result = Join(result, run, list);
            }
            else if (KeepsJson(context.Semantics.GetConversion(inner, context.CancellationToken), value.Type, elementType) || value.ConstantValue is { HasValue: true, Value: null })
            {
                if (Read(value) is not { } item)
                {
                    return null;
                }

                run.Add(item);
            }
            else
            {
                return Blocked(value, ExpressionProblems.OfConversion(value.Type, elementType));
            }
        }

        return run.Count > 0 || result is null ? Join(result, [], new IrList(run.ToEquatableArray())) : result;
    }

    private static IrExpression Join(IrExpression? before, List<IrExpression> run, IrExpression next)
    {
        if (run.Count > 0)
        {
            var made = new IrList(run.ToEquatableArray());
            before = before is null ? made : new IrJoin(before, made);
            run.Clear();
        }

        return before is null ? next : new IrJoin(before, next);
    }
}
