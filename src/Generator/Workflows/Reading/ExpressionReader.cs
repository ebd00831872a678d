using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Discovery;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>Reads expressions that every engine computes alike; anything else is reported at its node.</summary>
internal sealed class ExpressionReader(ReadingContext context)
{
    /// <summary>The largest integer that JSONata's numbers, which are doubles, hold exactly.</summary>
    private const long LargestExact = (1L << 53) - 1;

    /// <summary>Reads a value; <see langword="null"/> when it has been reported.</summary>
    public IrExpression? Read(IOperation operation) => operation switch
    {
        // Before constants: the 5 of a decimal parameter is the integer 5 in JSON too.
        IConversionOperation conversion => Convert(conversion),
        { ConstantValue.HasValue: true } => Literal(operation),
        IDefaultValueOperation { Type.IsReferenceType: true } => new IrLiteral(IrKind.Null, ""),
        IDefaultValueOperation { Type: { } type } when JsonMembers.IsNullable(type) => new IrLiteral(IrKind.Null, ""),
        IAwaitOperation awaited => context.Flow.Await(awaited),
        _ when context.Flow.TryValue(operation, out var value) => value,
        ILocalReferenceOperation local => Variable(local, local.Local),
        IParameterReferenceOperation parameter => Variable(parameter, parameter.Parameter),
        IPropertyReferenceOperation property => Member(property),
        IBinaryOperation binary => Binary(binary),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Type.SpecialType: SpecialType.System_Boolean, OperatorMethod: null } not =>
            Read(not.Operand) is { } operand ? new IrNot(operand) : null,
        IIsPatternOperation pattern => Pattern(pattern.Value, pattern.Pattern),
        IObjectCreationOperation creation => new ObjectReader(context, this).Read(creation),
        _ => Reject(operation, ExpressionProblems.Of(operation)),
    };

    /// <summary>Reads the condition of an <c>if</c>.</summary>
    public IrExpression? Condition(IOperation operation) => Read(operation);

    private IrExpression? Convert(IConversionOperation conversion)
    {
        var kind = conversion.GetConversion();
        var from = conversion.Operand.Type;
        var to = conversion.Type;
        if (kind.IsNullLiteral || kind.IsDefaultLiteral || from is null)
        {
            return Read(conversion.Operand);
        }

        // The value's JSON stays what it is: an identity, a wider number, a value that becomes nullable.
        var keepsJson = kind.IsIdentity
            || (kind.IsImplicit && (kind.IsNumeric || kind.IsConstantExpression) && from?.SpecialType != SpecialType.System_Char)
            || (kind.IsImplicit && kind.IsNullable && !kind.IsUserDefined && IsWidening(from, to))
            || (!kind.IsUserDefined && SymbolEqualityComparer.Default.Equals(from, to)); // also target-typed new(...)
        if (keepsJson)
        {
            return Read(conversion.Operand);
        }

        return conversion.Operand is IInvalidOperation ? context.GiveUp() : Reject(conversion, ExpressionProblems.OfConversion(from, to));
    }

    private static bool IsWidening(ITypeSymbol? from, ITypeSymbol? to)
    {
        from = JsonMembers.Unwrap(from);
        to = JsonMembers.Unwrap(to);
        return SymbolEqualityComparer.Default.Equals(from, to) || (JsonMembers.KindOf(from) == IrKind.Integer && from?.SpecialType != SpecialType.System_Char);
    }

    private IrExpression? Literal(IOperation operation)
    {
        if (operation.Type?.TypeKind == TypeKind.Enum)
        {
            return Reject(operation, "uses an enum value, whose JSON depends on converters: use a text, or choose it in a step");
        }

        switch (operation.ConstantValue.Value)
        {
            case null:
                return new IrLiteral(IrKind.Null, "");
            case bool value:
                return new IrLiteral(IrKind.Boolean, value ? "true" : "false");
            case string text:
                return new IrLiteral(IrKind.Text, text);
            case sbyte or byte or short or ushort or int or uint or long:
                var number = System.Convert.ToInt64(operation.ConstantValue.Value, CultureInfo.InvariantCulture);
                return number is >= -LargestExact and <= LargestExact
                    ? new IrLiteral(IrKind.Integer, number.ToString(CultureInfo.InvariantCulture))
                    : Reject(operation, "uses an integer beyond 2^53, which Step Functions cannot hold exactly: keep it inside steps, or carry it as a text");
            default:
                return Reject(operation, $"uses a literal of type '{operation.Type?.Name}', which engines do not treat alike: use an integer or a text, or compute it in a step");
        }
    }

    private IrExpression? Variable(IOperation operation, ISymbol symbol)
    {
        if (context.Find(symbol) is { } variable)
        {
            return variable.IsFailure
                ? Reject(operation, $"passes the failure '{symbol.Name}' on as a whole: use its Code, Message or FailureData")
                : new IrVariable(variable.Name, variable.Kind);
        }

        return symbol is IParameterSymbol { Ordinal: 0 } parameter && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, context.Method)
            ? Reject(operation, $"uses '{symbol.Name}' for something else than {symbol.Name}.Step(...)")
            : context.GiveUp(); // declared by a statement that has been reported
    }

    private IrExpression? Member(IPropertyReferenceOperation reference)
    {
        var property = reference.Property;
        if (FailureOf(reference.Instance) is { } failure)
        {
            return property.Name switch
            {
                "Code" => new IrFailurePart(failure, IrFailureField.Code),
                "Message" => new IrFailurePart(failure, IrFailureField.Message),
                "FailureData" => new IrFailurePart(failure, IrFailureField.Data),
                _ => Reject(reference, $"reads '{property.Name}' of a failure: only Code, Message and FailureData travel between engines"),
            };
        }

        if (property.ContainingType.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T && reference.Instance is { } nullable)
        {
            return Read(nullable) switch
            {
                null => null,
                var value => property.Name == "HasValue" ? new IrNot(new IrIsNull(value)) : Unwrapped(reference, value),
            };
        }

        if (reference.Instance is null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance })
        {
            return Reject(reference, $"reads '{property.Name}', which is not part of the run's data: pass it in the input or read it in a step");
        }

        if (WorkflowSymbols.Same(property.ContainingType, context.Symbols.Workflow))
        {
            return Reject(reference, $"reads '{property.Name}' of the workflow: pass what identifies the run in the input");
        }

        if (JsonMembers.WhyNotReadable(property) is { } problem)
        {
            return Reject(reference, problem);
        }

        if (Read(reference.Instance) is not { } target)
        {
            return null;
        }

        if (MayBeNull(reference.Instance))
        {
            return Reject(reference, $"reads '{property.Name}' of a value that may be null here: check it with 'is not null' first");
        }

        IrLiteral? missing = null;
        if (JsonMembers.MayBeLeftOut(property) || context.IsExternal(target))
        {
            missing = MemberDefaults.Of(property, context.Semantics.Compilation, context.CancellationToken);
            if (missing is null)
            {
                return Reject(reference, $"reads '{property.Name}', whose initial value engines cannot know when the JSON lacks it: read it in a step");
            }
        }

        return new IrMember(target, JsonMembers.NameOf(property), JsonMembers.KindOf(property.Type), missing, JsonMembers.IsNullable(property.Type));
    }

    private IrExpression? Unwrapped(IPropertyReferenceOperation reference, IrExpression value) =>
        MayBeNull(reference.Instance!)
            ? Reject(reference, "reads the Value of something that may be null here: check it with 'is not null' first")
            : value;

    /// <summary>Whether the compiler holds it possible that a value is null.</summary>
    public bool MayBeNull(IOperation operation) =>
        context.Semantics.GetTypeInfo(operation.Syntax, context.CancellationToken).Nullability.FlowState == NullableFlowState.MaybeNull;

    private string? FailureOf(IOperation? instance) =>
        instance is ILocalReferenceOperation local && context.Find(local.Local) is { IsFailure: true } variable ? variable.Name : null;

    private IrExpression? Binary(IBinaryOperation binary)
    {
        if (OperatorOf(binary.OperatorKind) is not { } op)
        {
            return Reject(binary, ExpressionProblems.OfOperator(binary.OperatorKind));
        }

        // Both sides are read even when one is rejected, so that one look finds everything.
        var left = Read(binary.LeftOperand);
        var right = Read(binary.RightOperand);
        if (left is null || right is null)
        {
            return null;
        }

        if (op is IrOperator.And or IrOperator.Or)
        {
            return left.Kind == IrKind.Boolean && right.Kind == IrKind.Boolean ? new IrBinary(op, left, right) : Reject(binary, ExpressionProblems.Comparison);
        }

        if (op is IrOperator.Equal or IrOperator.NotEqual && (left.Kind == IrKind.Null || right.Kind == IrKind.Null))
        {
            var check = new IrIsNull(left.Kind == IrKind.Null ? right : left);
            return op == IrOperator.Equal ? check : new IrNot(check);
        }

        var comparable = left.Kind == right.Kind && left.Kind switch
        {
            IrKind.Integer => IsIntegral(binary.LeftOperand.Type) && IsIntegral(binary.RightOperand.Type),
            IrKind.Text or IrKind.Boolean => op is IrOperator.Equal or IrOperator.NotEqual,
            _ => false,
        };
        if (!comparable)
        {
            return Reject(binary, ExpressionProblems.Comparison);
        }

        IrExpression result = new IrBinary(op, left, right);
        if (op is not (IrOperator.Equal or IrOperator.NotEqual))
        {
            // C#'s lifted ordering is false when a side is null.
            result = NotNullAnd(binary.RightOperand, right, result);
            result = NotNullAnd(binary.LeftOperand, left, result);
        }

        return result;
    }

    // The operator's own type counts too: 5 == 5m compares decimals.
    private static bool IsIntegral(ITypeSymbol? type) => JsonMembers.KindOf(type) == IrKind.Integer;

    private static IrExpression NotNullAnd(IOperation operation, IrExpression value, IrExpression comparison)
    {
        var source = operation;
        while (source is IConversionOperation conversion)
        {
            source = conversion.Operand;
        }

        return value is not IrLiteral && source.Type is { IsValueType: true } type && JsonMembers.IsNullable(type)
            ? new IrBinary(IrOperator.And, new IrNot(new IrIsNull(value)), comparison)
            : comparison;
    }

    private IrExpression? Pattern(IOperation value, IPatternOperation pattern) => Read(value) is { } subject ? Matches(subject, value, pattern) : null;

    /// <summary>Whether a value that has been read matches a pattern; <see langword="null"/> when the pattern has been reported.</summary>
    /// <param name="left">The value.</param>
    /// <param name="value">Where it comes from, for its type.</param>
    /// <param name="pattern">The pattern.</param>
    public IrExpression? Matches(IrExpression left, IOperation value, IPatternOperation pattern)
    {
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return new IrLiteral(IrKind.Boolean, "true");

            case INegatedPatternOperation negated:
                return Matches(left, value, negated.Pattern) is { } inner ? new IrNot(inner) : null;

            case IBinaryPatternOperation both:
                var first = Matches(left, value, both.LeftPattern);
                var second = Matches(left, value, both.RightPattern);
                return first is null || second is null ? null : new IrBinary(both.OperatorKind == BinaryOperatorKind.Or ? IrOperator.Or : IrOperator.And, first, second);

            case IRelationalPatternOperation relational when OperatorOf(relational.OperatorKind) is { } op:
                if (Read(relational.Value) is not { } bound)
                {
                    return null;
                }

                return left.Kind == IrKind.Integer && bound.Kind == IrKind.Integer
                    ? NotNullAnd(value, left, new IrBinary(op, left, bound))
                    : Reject(pattern, ExpressionProblems.Comparison);

            case IConstantPatternOperation constant:
                return MatchesConstant(left, value, constant.Value);

            default:
                return Reject(pattern, "uses a pattern: only 'is null', 'is not null' and 'is' with a literal are the same on every engine");
        }
    }

    /// <summary>Whether a value that has been read equals a constant.</summary>
    public IrExpression? MatchesConstant(IrExpression left, IOperation value, IOperation constant) => Read(constant) switch
    {
        null => null,
        { Kind: IrKind.Null } => new IrIsNull(left),
        { } right when right.Kind == left.Kind && left.Kind != IrKind.Object => new IrBinary(IrOperator.Equal, left, right),
        _ => Reject(constant, ExpressionProblems.Comparison),
    };

    /// <summary>The value that <c>x += y</c> gives to x.</summary>
    public IrExpression? Compound(ICompoundAssignmentOperation assignment) => Reject(assignment, ExpressionProblems.Of(assignment));

    /// <summary>The value that <c>x++</c> or <c>x--</c> gives to x.</summary>
    public IrExpression? Increment(IIncrementOrDecrementOperation increment) => Reject(increment, ExpressionProblems.Of(increment));

    private static IrOperator? OperatorOf(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Equals => IrOperator.Equal,
        BinaryOperatorKind.NotEquals => IrOperator.NotEqual,
        BinaryOperatorKind.LessThan => IrOperator.Less,
        BinaryOperatorKind.LessThanOrEqual => IrOperator.LessOrEqual,
        BinaryOperatorKind.GreaterThan => IrOperator.Greater,
        BinaryOperatorKind.GreaterThanOrEqual => IrOperator.GreaterOrEqual,
        BinaryOperatorKind.ConditionalAnd => IrOperator.And,
        BinaryOperatorKind.ConditionalOr => IrOperator.Or,
        _ => null,
    };

    public IrExpression? Reject(IOperation operation, string problem)
    {
        context.Reject(RuleIdentifiers.UnsupportedExpression, operation, problem);
        return null;
    }
}
