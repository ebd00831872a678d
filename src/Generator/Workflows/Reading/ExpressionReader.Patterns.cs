using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <content>Patterns.</content>
internal sealed partial class ExpressionReader
{
    private static readonly IrLiteral True = new(IrKind.Boolean, "true");

    /// <summary>Whether a value that has been read matches a pattern; <see langword="null"/> when the pattern has been reported.</summary>
    /// <param name="left">The value.</param>
    /// <param name="value">Where it comes from, for its type.</param>
    /// <param name="pattern">The pattern.</param>
    public IrExpression? Matches(IrExpression left, IOperation value, IPatternOperation pattern) => Reporting(() => Matches(left, value.Type, pattern));

    /// <summary>Whether a value that has been read equals a constant.</summary>
    public IrExpression? MatchesConstant(IrExpression left, IOperation constant) => Reporting(() => Equals(left, constant));

    private IrExpression? Reporting(Func<IrExpression?> read)
    {
        var problems = context.Problems;
        _obstacle = null;
        var result = read();
        if (result is null && problems == context.Problems && _obstacle is { } obstacle)
        {
            Reject(obstacle.Operation, obstacle.Problem);
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
                    : subject.Kind == IrKind.Integer && bound.Kind == IrKind.Integer && IsIntegral(type)
                        ? NotNullAnd(type, subject, new IrBinary(op, subject, bound))
                        : Blocked(pattern, ExpressionProblems.Comparison);

            case IConstantPatternOperation constant:
                return Equals(subject, constant.Value);

            case ITypePatternOperation of when WorkflowSymbols.Same(of.MatchedType, JsonMembers.Unwrap(type)):
                return NotNull(subject, type);

            case IDeclarationPatternOperation declaration when declaration.MatchesNull || WorkflowSymbols.Same(declaration.MatchedType, JsonMembers.Unwrap(type)):
                subject = Declare(declaration.DeclaredSymbol, subject);
                return declaration.MatchesNull ? True : NotNull(subject, type);

            case IRecursivePatternOperation { DeconstructionSubpatterns.Length: 0 } recursive when WorkflowSymbols.Same(recursive.MatchedType, JsonMembers.Unwrap(type)):
                subject = Declare(recursive.DeclaredSymbol, subject);
                return Properties(recursive, subject, NotNull(subject, type));

            default:
                return Blocked(pattern, "uses a pattern that engines do not know: compare with constants, null, and members");
        }
    }

    private IrExpression? Equals(IrExpression subject, IOperation constant) => Native(constant) switch
    {
        null => null,
        { Kind: IrKind.Null } => new IrIsNull(subject),
        { } right when right.Kind == subject.Kind && right.Kind is IrKind.Boolean or IrKind.Integer or IrKind.Text => new IrBinary(IrOperator.Equal, subject, right),
        _ => Blocked(constant, ExpressionProblems.Comparison),
    };

    private IrExpression? Properties(IRecursivePatternOperation pattern, IrExpression subject, IrExpression matches)
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
