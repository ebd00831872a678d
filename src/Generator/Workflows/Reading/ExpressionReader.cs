using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Discovery;
using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>
/// Reads expressions: what every engine computes alike becomes IR, any other pure expression a generated step that evaluates it in .NET,
/// and the rest is reported at its node. An operand is lifted where it stands alone (an argument, a branch, a side of <c>&amp;&amp;</c>); an
/// operator whose operand is not native is lifted with it, so that one call does the whole calculation.
/// </summary>
internal sealed partial class ExpressionReader(ReadingContext context)
{
    /// <summary>The largest integer that JSONata's numbers, which are doubles, hold exactly.</summary>
    private const long LargestExact = (1L << 53) - 1;

    private const string TooLarge = "uses an integer beyond 2^53, which Step Functions cannot hold exactly: keep it inside steps, or carry it as a text";

    private readonly Lifter _lifter = new(context);
    private Dictionary<IOperation, (IrExpression? Value, IReadOnlyList<IrStatement> Before)> _flowValues = [];
    private readonly Stack<IrExpression> _conditionalTargets = new();
    private readonly List<ILocalSymbol> _declared = [];
    private Obstacle? _obstacle;
    private int _depth;

    /// <summary>Reads a value; <see langword="null"/> when it has been reported.</summary>
    public IrExpression? Read(IOperation operation) => Whole(operation, () => Native(operation));

    private IrExpression? Whole(IOperation operation, Func<IrExpression?> native)
    {
        _depth++;
        var value = NativeOrLifted(operation, native);
        if (--_depth == 0)
        {
            _flowValues.Clear(); // a function that is used twice is read twice
        }

        return value;
    }

    private IrExpression? NativeOrLifted(IOperation operation, Func<IrExpression?> native)
    {
        var problems = context.Problems;
        var lifts = context.Lifted.Count;
        var declared = _declared.Count;
        var outer = _obstacle;
        _obstacle = null;
        var value = context.Prelude.Apart(native, out var before);
        var obstacle = _obstacle;
        _obstacle = outer;
        if (_reading.Count > 0 && value is null && context.Problems == problems)
        {
            _obstacle ??= obstacle; // in another method: the call of it may be lifted
            return null;
        }

        if (context.Problems == problems && (value is null || IsLiftedInParts(lifts, before)) && Lift(operation, value is null ? obstacle : null, lifts, declared) is { } lifted)
        {
            return lifted;
        }

        foreach (var statement in before)
        {
            context.Before(statement);
        }

        return value;
    }

    /// <summary>Reads the condition of an <c>if</c>.</summary>
    public IrExpression? Condition(IOperation operation) => Read(operation);

    /// <summary>Reports an expression for good: lifting it would not help.</summary>
    public IrExpression? Reject(IOperation operation, string problem)
    {
        context.Reject(RuleIdentifiers.UnsupportedExpression, operation, problem);
        return null;
    }

    /// <summary>Reads what engines compute themselves; <see langword="null"/> when that is not possible (<see cref="_obstacle"/> says why) or has been reported.</summary>
    private IrExpression? Native(IOperation operation) => operation switch
    {
        // Before constants: the 5 of a decimal parameter is the integer 5 in JSON too.
        IConversionOperation conversion => Convert(conversion),
        { ConstantValue.HasValue: true } => Literal(operation),
        IDefaultValueOperation { Type: { } type } when type.IsReferenceType || JsonMembers.IsNullable(type) => new IrLiteral(IrKind.Null, ""),
        { Type.Name: "TimeSpan" } when context.Durations.Literal(operation) is { } duration => duration,
        { Syntax: CollectionExpressionSyntax syntax } => Collection(operation, syntax),
        _ when FlowValue(operation, out var value) => value,
        ILocalReferenceOperation local => Variable(local, local.Local),
        IParameterReferenceOperation { Parameter: var own } when _arguments.TryGetValue(own, out var argument) => argument,
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } when _instances.Count > 0 => _instances.Peek(),
        IFieldReferenceOperation field => Field(field),
        IParameterReferenceOperation parameter => Variable(parameter, parameter.Parameter),
        IPropertyReferenceOperation property => Member(property),
        IBinaryOperation binary => Binary(binary),
        IUnaryOperation unary => Unary(unary),
        IIsPatternOperation pattern => Subject(pattern.Value) is { } subject ? Matches(subject, pattern.Value.Type, pattern.Pattern) : null,
        IConditionalOperation { WhenFalse: not null } choice => Conditional(choice),
        ICoalesceOperation coalesce => Coalesce(coalesce),
        IConditionalAccessOperation access => ConditionalAccess(access),
        IConditionalAccessInstanceOperation when _conditionalTargets.Count > 0 => _conditionalTargets.Peek(),
        ISwitchExpressionOperation choice => Switch(choice),
        IInterpolatedStringOperation text => Interpolated(text),
        IInvocationOperation call => Call(call),
        IObjectCreationOperation creation when ListTypes.IsGrowing(creation.Type) => NewList(creation),
        IObjectCreationOperation creation => new ObjectReader(context, this).Read(creation),
        IWithOperation with => new ObjectReader(context, this).Read(with),
        IArrayCreationOperation array => NewArray(array),
        IArrayElementReferenceOperation { Indices.Length: 1 } element => Element(element, element.ArrayReference, element.Indices[0]),
        IImplicitIndexerReferenceOperation element => Element(element, element.Instance, element.Argument),
        _ => Blocked(operation, ExpressionProblems.Of(operation)),
    };

    /// <summary>Notes why an expression is not native. Whoever can lift it looks at the first such note.</summary>
    public IrExpression? Blocked(IOperation operation, string problem)
    {
        _obstacle ??= new Obstacle(operation, problem);
        return null;
    }

    /// <summary>Reads a part of an expression that must be native for the whole to be.</summary>
    public IrExpression? Part(IOperation operation) => Native(operation);

    // An attempt to read an expression may fail and be followed by another one; a call that it awaits is still one call.
    private bool FlowValue(IOperation operation, out IrExpression? value)
    {
        if (!_flowValues.TryGetValue(operation, out var known))
        {
            var isValue = true;
            IrExpression? found = null;
            var (values, depth) = (_flowValues, _depth);
            (_flowValues, _depth) = ([], 0); // what is awaited may have expressions and whole functions in it
            context.Prelude.Apart(() => isValue = TryFlow(operation, out found), out var before);
            (_flowValues, _depth) = (values, depth);
            if (!isValue)
            {
                value = null;
                return false;
            }

            _flowValues[operation] = known = (found, before);
        }

        foreach (var statement in known.Before)
        {
            context.Before(statement);
        }

        value = known.Value;
        return true;
    }

    private bool TryFlow(IOperation operation, out IrExpression? value)
    {
        if (operation is IAwaitOperation awaited)
        {
            value = context.Flow.Await(awaited);
            return true;
        }

        if (operation is IPropertyReferenceOperation { Instance: { } instance } member && FailureOf(instance) is { } failure)
        {
            value = FailurePart(member, failure);
            if (value is not null && instance is ILocalReferenceOperation && MayBeNull(instance))
            {
                value = Reject(member, $"reads '{member.Property.Name}' of a failure that may be null here: check it with 'is not null' first");
            }

            FailIfForgiven(instance, new IrVariable(failure, IrKind.Object));
            return true;
        }

        // In another method a variable is a value that was handed to it.
        value = null;
        return !(_reading.Count > 0 && operation is IAssignmentOperation or IIncrementOrDecrementOperation) && context.Flow.TryValue(operation, out value);
    }

    private IrExpression? FailurePart(IPropertyReferenceOperation member, string failure) => member.Property.Name switch
    {
        // Where there may be none, it is an object like others.
        "Code" or "Message" or "FailureData" when context.IsUnsure(new IrVariable(failure, IrKind.Object)) =>
            new IrMember(new IrVariable(failure, IrKind.Object), FailureReader.NameOf(member.Property.Name), IrKind.Text, new IrLiteral(IrKind.Null, ""), MayBeNull: member.Property.Name == "FailureData"),
        "Code" => new IrFailurePart(failure, IrFailureField.Code),
        "Message" => new IrFailurePart(failure, IrFailureField.Message),
        "FailureData" => new IrFailurePart(failure, IrFailureField.Data),
        _ => Reject(member, $"reads '{member.Property.Name}' of a failure: only Code, Message and FailureData travel between engines"),
    };

    // failure is null, failure?.Code
    private static bool IsTested(IOperation failure)
    {
        var use = failure.Parent;
        while (use is IConversionOperation or IParenthesizedOperation)
        {
            use = use.Parent;
        }

        return use is IConditionalAccessOperation or IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals, RightOperand: { } and (IConversionOperation { Operand.ConstantValue: { HasValue: true, Value: null } } or { ConstantValue: { HasValue: true, Value: null } }) }
            or IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } };
    }

    private string? FailureOf(IOperation? instance) =>
        instance is IConditionalAccessInstanceOperation && WorkflowSymbols.Same(instance.Type, context.Symbols.StepFailed) && _conditionalTargets.Count > 0 && _conditionalTargets.Peek() is IrVariable target ? target.Name :
        instance is ILocalReferenceOperation local && context.Find(local.Local) is { IsFailure: true } variable ? variable.Name : null;

    private IrExpression? Convert(IConversionOperation conversion)
    {
        var kind = conversion.GetConversion();
        var from = conversion.Operand.Type;
        var to = conversion.Type;
        if (kind.IsNullLiteral || kind.IsDefaultLiteral || conversion.Operand.Syntax is CollectionExpressionSyntax || from is null)
        {
            return Native(conversion.Operand);
        }

        if (conversion.Operand is IInvalidOperation)
        {
            return context.GiveUp();
        }

        return KeepsJson(kind, from, to) ? Native(conversion.Operand) : Blocked(conversion, ExpressionProblems.OfConversion(from, to));
    }

    // The value's JSON stays what it is: an identity, a wider number, a value that becomes nullable, a list seen through an interface.
    private bool KeepsJson(Conversion kind, ITypeSymbol? from, ITypeSymbol? to) =>
        kind.IsIdentity
        || (kind.IsImplicit && (kind.IsNumeric || kind.IsConstantExpression) && from?.SpecialType != SpecialType.System_Char)
        || (kind.IsImplicit && kind.IsNullable && !kind.IsUserDefined && IsWidening(from, to))
        || (kind.IsImplicit && kind.IsReference && ListTypes.ElementOf(from) is { } element && WorkflowSymbols.Same(element, ListTypes.ElementOf(to)))
        || (kind is { IsEnumeration: true, IsUserDefined: false } && context.KindOf(from) == IrKind.Integer && context.KindOf(to) == IrKind.Integer && Intervals.Within(from, to))
        || (!kind.IsUserDefined && SymbolEqualityComparer.Default.Equals(from, to)); // also target-typed new(...)

    private static bool IsWidening(ITypeSymbol? from, ITypeSymbol? to)
    {
        from = JsonMembers.Unwrap(from);
        to = JsonMembers.Unwrap(to);
        return SymbolEqualityComparer.Default.Equals(from, to) || (JsonMembers.KindOf(from) == IrKind.Integer && from?.SpecialType != SpecialType.System_Char);
    }

    private IrExpression? Literal(IOperation operation)
    {
        if (operation.Type is INamedTypeSymbol { TypeKind: TypeKind.Enum } type)
        {
            return context.Enums.Literal(type, operation.ConstantValue.Value) is { } literal ? literal : Blocked(operation, ExpressionProblems.Enum);
        }

        switch (operation.ConstantValue.Value)
        {
            case null:
                return new IrLiteral(IrKind.Null, "");
            case bool value:
                return new IrLiteral(IrKind.Boolean, value ? "true" : "false");
            case string text:
                return new IrLiteral(IrKind.Text, text);
            case char letter when !char.IsSurrogate(letter):
                return new IrLiteral(IrKind.Text, letter.ToString());
            case sbyte or byte or short or ushort or int or uint or long:
                var number = System.Convert.ToInt64(operation.ConstantValue.Value, CultureInfo.InvariantCulture);
                return number is >= -LargestExact and <= LargestExact
                    ? new IrLiteral(IrKind.Integer, number.ToString(CultureInfo.InvariantCulture))
                    : Reject(operation, TooLarge);
            case decimal or double when ShortNumber(operation.ConstantValue.Value) is { } number2:
                return new IrLiteral(IrKind.Object, number2);
            default:
                return Blocked(operation, $"uses a literal of type '{operation.Type?.Name}', which engines do not treat alike: use an integer or a text, or compute it in a step");
        }
    }

    // A number that doubles and decimals write as it stands.
    private static string? ShortNumber(object value)
    {
        var text = System.Convert.ToString(value, CultureInfo.InvariantCulture);
        return text.Length <= 15 && text.Contains('.') && text[text.Length - 1] != '0' && text.All(static c => c is (>= '0' and <= '9') or '.' or '-') ? text : null;
    }

    private IrExpression? Variable(IOperation operation, ISymbol symbol)
    {
        if (context.Find(symbol) is { } variable)
        {
            return variable.IsFailure && !IsTested(operation)
                ? Reject(operation, $"passes the failure '{symbol.Name}' on as a whole: use its Code, Message or FailureData")
                : new IrVariable(variable.Name, variable.Kind);
        }

        if (context.FindTuple(symbol) is not null)
        {
            var (rule, problem) = context.ProblemOfTuple(symbol);
            context.Reject(rule, operation, problem);
            return null;
        }

        return context.IsFlow(symbol)
            ? Reject(operation, $"uses '{symbol.Name}' for something else than calls that are awaited: write 'await {symbol.Name}.Step(...)', or hand it to a function of the workflow")
            : context.GiveUp(); // declared by a statement that has been reported
    }

    /// <summary>A value that can be written down more than once: itself, or a variable that holds it.</summary>
    private IrExpression Once(IrExpression value) => IsShort(value) ? value : context.Hold("value", value);

    private static bool IsShort(IrExpression value) => value switch
    {
        IrVariable or IrLiteral or IrFailurePart or TupleValue => true,
        IrMember member => IsShort(member.Target),
        _ => false,
    };

    // A defect: what C# throws here is no StepFailed.
    private void FailIf(IrExpression condition, string code, string message)
    {
        IrStatement thrown = Defects.Of(code, message);
        context.Before(new IrIf(condition, new IrBlock(new[] { thrown }.ToEquatableArray()), null, IrSource.None));
    }

    /// <summary>Whether the compiler holds it possible that a value is null.</summary>
    public bool MayBeNull(IOperation operation) =>
        context.Semantics.GetTypeInfo(operation.Syntax, context.CancellationToken).Nullability.FlowState == NullableFlowState.MaybeNull;

    /// <summary>Why an expression is not native.</summary>
    private sealed record Obstacle(IOperation Operation, string Problem);
}
