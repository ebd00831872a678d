using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <content>Patterns.</content>
internal sealed partial class ExpressionReader
{
    private static readonly IrLiteral True = new(IrKind.Boolean, "true");
    private static readonly IrLiteral False = new(IrKind.Boolean, "false");

    /// <summary>Whether a value that has been read matches a pattern; <see langword="null"/> when the pattern has been reported.</summary>
    /// <param name="left">The value.</param>
    /// <param name="value">Where it comes from, for its type.</param>
    /// <param name="pattern">The pattern.</param>
    public IrExpression? Matches(IrExpression left, IOperation value, IPatternOperation pattern) => NativeOrTested(left, value, pattern, () => Matches(left, value.Type, pattern));

    /// <summary>Whether a value that has been read equals a constant.</summary>
    public IrExpression? MatchesConstant(IrExpression left, IOperation value, IOperation constant) => NativeOrTested(left, value, constant, () => Equals(left, constant));

    /// <summary>What patterns look at: a value that can be looked at more than once, or the elements of a tuple.</summary>
    public IrExpression? Subject(IOperation operation)
    {
        var value = FlowCallReader.WithoutConversions(operation);
        if (value is not ITupleOperation tuple)
        {
            return Native(operation) is { } read ? Once(read) : null;
        }

        var elements = tuple.Elements.Select(Native).ToArray();
        return elements.Any(static element => element is null) ? null : new TupleValue(elements.Select(element => Once(element!)).ToEquatableArray());
    }

    /// <summary>Reads what a switch statement looks at: a tuple's elements one by one, since tuples have no JSON.</summary>
    public IrExpression? SwitchedOn(IOperation operation)
    {
        if (FlowCallReader.WithoutConversions(operation) is not ITupleOperation tuple)
        {
            return Read(operation);
        }

        var elements = tuple.Elements.Select(element => Read(element) is { } read ? Once(read) : null).ToArray();
        return elements.Any(static element => element is null) ? null : new TupleValue(elements.Select(static element => element!).ToEquatableArray());
    }

    // A label that engines cannot test themselves is tested by a step, on the value alone.
    private IrExpression? NativeOrTested(IrExpression subject, IOperation value, IOperation pattern, Func<IrExpression?> native)
    {
        var (problems, declared) = (context.Problems, _declared.Count);
        _obstacle = null;
        var result = context.Prelude.Apart(native, out var before);
        if (result is null && problems == context.Problems && _obstacle is { } obstacle)
        {
            foreach (var local in _declared.Skip(declared))
            {
                context.Forget(local);
            }

            _declared.RemoveRange(declared, _declared.Count - declared);
            var plan = subject is TupleValue ? null : _lifter.PlanTest(subject, value.Type!, pattern, context.Semantics.Compilation.GetSpecialType(SpecialType.System_Boolean));
            return plan is null ? Reject(obstacle.Operation, obstacle.Problem) : Commit(plan, obstacle.Problem);
        }

        foreach (var statement in before)
        {
            context.Before(statement);
        }

        return result;
    }

    private IrExpression? Matches(IrExpression subject, ITypeSymbol? type, IPatternOperation pattern)
    {
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return True;

            case INegatedPatternOperation negated:
                return Matches(subject, type, negated.Pattern) is { } inner ? new IrNot(inner) : null;

            case IBinaryPatternOperation both:
                return Matches(subject, type, both.LeftPattern) is { } first
                    ? Lazily(both.OperatorKind == BinaryOperatorKind.Or ? IrOperator.Or : IrOperator.And, first, _declared.Count, () => Matches(subject, type, both.RightPattern))
                    : null;

            case IRelationalPatternOperation relational when OperatorOf(relational.OperatorKind) is { } op:
                return Native(relational.Value) is not { } bound ? null
                    : subject.Kind == IrKind.Null ? False
                    : subject.Kind == IrKind.Integer && bound.Kind == IrKind.Integer && IsIntegral(type)
                        ? NotNullAnd(type, subject, new IrBinary(op, subject, bound))
                        : Blocked(pattern, ExpressionProblems.Comparison);

            // A tuple is looked at element by element.
            case IRecursivePatternOperation { DeconstructionSubpatterns.Length: > 0, DeclaredSymbol: null } parts when subject is TupleValue tuple && tuple.Elements.Count == parts.DeconstructionSubpatterns.Length && parts.PropertySubpatterns.Length == 0:
                return Elements(tuple, parts);

            case var _ when subject is TupleValue:
                return Blocked(pattern, "matches a tuple as a whole: match its elements, as in (1, _)");

            case IListPatternOperation list when ListTypes.ElementOf(type) is { } element:
                return Elements(list, subject, type, element);

            case IConstantPatternOperation constant:
                return Equals(subject, constant.Value);

            case ITypePatternOperation of when WorkflowSymbols.Same(of.MatchedType, JsonMembers.Unwrap(type)):
                return NotNull(subject, type);

            case IDeclarationPatternOperation declaration when declaration.MatchesNull || WorkflowSymbols.Same(declaration.MatchedType, JsonMembers.Unwrap(type)):
                subject = Declare(declaration.DeclaredSymbol, subject);
                return declaration.MatchesNull ? True : NotNull(subject, type);

            case IRecursivePatternOperation recursive when (recursive.DeconstructionSubpatterns.Length == 0 || Positions(recursive) is not null) && WorkflowSymbols.Same(recursive.MatchedType, JsonMembers.Unwrap(type)):
                subject = Declare(recursive.DeclaredSymbol, subject);
                return Properties(recursive, subject, Positional(recursive, subject, NotNull(subject, type)));

            default:
                return Blocked(pattern, "uses a pattern that engines do not know: compare with constants, null, and members");
        }
    }

    private IrExpression? Equals(IrExpression subject, IOperation constant) => Native(constant) switch
    {
        null => null,
        { Kind: IrKind.Null } => new IrIsNull(subject),
        _ when subject.Kind == IrKind.Null => False,
        { } right when right.Kind == subject.Kind && right.Kind is IrKind.Boolean or IrKind.Integer or IrKind.Text => new IrBinary(IrOperator.Equal, subject, right),
        _ => Blocked(constant, ExpressionProblems.Comparison),
    };

    private IrExpression? Elements(TupleValue tuple, IRecursivePatternOperation pattern)
    {
        IrExpression? all = True;
        for (var i = 0; i < tuple.Elements.Count; i++)
        {
            var (element, part) = (tuple.Elements[i], pattern.DeconstructionSubpatterns[i]);
            all = all is null ? null : Lazily(IrOperator.And, all, _declared.Count, () => Matches(element, part.InputType, part));
        }

        return all;
    }

    // The elements before a slice are counted from the start, those behind it from the end.
    private IrExpression? Elements(IListPatternOperation pattern, IrExpression subject, ITypeSymbol? type, ITypeSymbol element)
    {
        var slice = pattern.Patterns.ToList().FindIndex(static part => part is ISlicePatternOperation);
        if (slice >= 0 && pattern.Patterns[slice] is ISlicePatternOperation { Pattern: not null } taken)
        {
            return Blocked(taken, "takes a part of a list in a pattern: take it in an expression, as in [.. list.Skip(1)]");
        }

        subject = Declare(pattern.DeclaredSymbol, subject);
        var count = new IrLiteral(IrKind.Integer, (pattern.Patterns.Length - (slice < 0 ? 0 : 1)).ToString(System.Globalization.CultureInfo.InvariantCulture));
        IrExpression length = new IrBinary(slice < 0 ? IrOperator.Equal : IrOperator.GreaterOrEqual, new IrCount(subject), count);
        IrExpression? all = context.IsUnsure(subject) || (type is not null && JsonMembers.IsNullable(type)) ? new IrBinary(IrOperator.And, new IrNot(new IrIsNull(subject)), length) : length;
        for (var i = 0; i < pattern.Patterns.Length; i++)
        {
            if (i == slice || pattern.Patterns[i] is IDiscardPatternOperation)
            {
                continue;
            }

            var (part, index) = (pattern.Patterns[i], i);
            all = all is null ? null : Lazily(IrOperator.And, all, _declared.Count, () => Matches(
                context.Hold("element", new IrElement(subject, slice >= 0 && index > slice ? FromEnd(subject, pattern.Patterns.Length - index) : new IrLiteral(IrKind.Integer, index.ToString(System.Globalization.CultureInfo.InvariantCulture)), context.KindOf(element))),
                element,
                part));
        }

        return all;
    }

    private static IrArithmetic FromEnd(IrExpression list, int position) =>
        new(IrArithmeticOperator.Subtract, new IrCount(list), new IrLiteral(IrKind.Integer, position.ToString(System.Globalization.CultureInfo.InvariantCulture)), Wraps: false);

    // The properties that a positional record's parts are.
    private static IReadOnlyList<IPropertySymbol>? Positions(IRecursivePatternOperation pattern)
    {
        if (pattern.DeconstructSymbol is not IMethodSymbol { IsImplicitlyDeclared: true, ContainingType: { IsRecord: true } type } method)
        {
            return null;
        }

        var properties = method.Parameters.Select(parameter => JsonMembers.PropertyOf(type, parameter)).OfType<IPropertySymbol>().ToArray();
        return properties.Length == pattern.DeconstructionSubpatterns.Length ? properties : null;
    }

    private IrExpression? Positional(IRecursivePatternOperation pattern, IrExpression subject, IrExpression matches)
    {
        IrExpression? all = matches;
        for (var i = 0; i < pattern.DeconstructionSubpatterns.Length; i++)
        {
            var (part, property) = (pattern.DeconstructionSubpatterns[i], Positions(pattern)![i]);
            all = all is null ? null : Lazily(IrOperator.And, all, _declared.Count, () => MemberOf(subject, property, part) is { } member ? Matches(member, property.Type, part) : null);
        }

        return all;
    }

    private IrExpression? Properties(IRecursivePatternOperation pattern, IrExpression subject, IrExpression? matches)
    {
        IrExpression? all = matches;
        foreach (var part in pattern.PropertySubpatterns)
        {
            if (part.Member is not IPropertyReferenceOperation { Property: { } property })
            {
                return Blocked(part, "matches something else than a property: compare properties");
            }

            all = all is null ? null : Lazily(IrOperator.And, all, _declared.Count, () => Inner(subject, property, part) is { } member ? Matches(member, property.Type, part.Pattern) : null);
        }

        return all;
    }

    private IrExpression? Inner(IrExpression subject, IPropertySymbol property, IPropertySubpatternOperation part)
    {
        if (ListTypes.ElementOf(property.ContainingType) is not null && property.Name is "Count")
        {
            return new IrCount(subject);
        }

        return JsonMembers.WhyNotReadable(property) is { } problem
            ? JsonMembers.IsLost(property) ? Reject(part, problem) : Blocked(part, problem)
            : MemberOf(subject, property, part);
    }

    // A value of a struct is never null, unless it is a nullable one.
    private static IrExpression NotNull(IrExpression subject, ITypeSymbol? type) =>
        type is { IsValueType: true } && !JsonMembers.IsNullable(type) ? True : new IrNot(new IrIsNull(subject));

    /// <summary>A tuple that patterns look into. It never leaves the reader.</summary>
    private sealed record TupleValue(EquatableArray<IrExpression> Elements) : IrEngineExpression(IrKind.Object)
    {
        public override IEnumerable<IrExpression> Parts => Elements;
    }

    // Declared before the test: C# lets nobody read the variable where the pattern has not matched.
    private IrExpression Declare(ISymbol? symbol, IrExpression subject)
    {
        if (symbol is not ILocalSymbol local)
        {
            return subject;
        }

        _declared.Add(local);
        var name = context.Declare(local, context.IsExternal(subject));
        context.Before(new IrAssign(name, subject, IrSource.None));
        if (context.HoldsExternal(subject))
        {
            context.MarkHoldsExternal(name);
        }

        return new IrVariable(name, subject.Kind);
    }
}
