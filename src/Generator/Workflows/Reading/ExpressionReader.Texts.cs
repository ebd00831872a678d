using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <content>Texts: interpolation, <c>+</c>, and the few methods that engines have alike.</content>
internal sealed partial class ExpressionReader
{
    private static readonly IrLiteral Empty = new(IrKind.Text, "");

    private IrExpression? Concatenated(IBinaryOperation binary) => Joined(TextPart(binary.LeftOperand), TextPart(binary.RightOperand));

    private IrExpression? Interpolated(IInterpolatedStringOperation text)
    {
        var parts = new List<IrExpression?>();
        foreach (var part in text.Parts)
        {
            parts.Add(part switch
            {
                IInterpolatedStringTextOperation { Text.ConstantValue: { HasValue: true, Value: string literal } } => new IrLiteral(IrKind.Text, literal),
                IInterpolationOperation { Alignment: null, FormatString: null } hole => TextPart(hole.Expression),
                _ => Blocked(part, "formats a value: do it in a step"),
            });
        }

        return parts.Count == 0 ? Empty : Joined([.. parts]);
    }

    private static IrExpression? Joined(params IrExpression?[] parts)
    {
        var all = new List<IrExpression>();
        foreach (var part in parts)
        {
            switch (part)
            {
                case null:
                    return null;
                case IrLiteral { Text: "" } when parts.Length > 1:
                    break;
                case IrConcat inner:
                    all.AddRange(inner.Parts);
                    break;
                default:
                    all.Add(part);
                    break;
            }
        }

        return all.Count == 0 ? Empty : new IrConcat(all.ToEquatableArray());
    }

    /// <summary>A value as C# writes it into a text: nothing for null, <c>True</c> and <c>False</c>.</summary>
    private IrExpression? TextPart(IOperation operation)
    {
        while (operation is IConversionOperation { IsImplicit: true, OperatorMethod: null } boxing && boxing.Type?.SpecialType == SpecialType.System_Object)
        {
            operation = boxing.Operand;
        }

        if (operation.ConstantValue is { HasValue: true, Value: null } || operation is IConversionOperation { Operand.ConstantValue: { HasValue: true, Value: null } })
        {
            return Empty;
        }

        var type = JsonMembers.Unwrap(operation.Type);
        if (type?.SpecialType == SpecialType.System_Char && operation.ConstantValue is { HasValue: true, Value: char letter })
        {
            return new IrLiteral(IrKind.Text, letter.ToString());
        }

        var kind = JsonMembers.KindOf(type);
        if (kind is not (IrKind.Text or IrKind.Integer or IrKind.Boolean))
        {
            return Blocked(operation, $"writes a '{type?.Name}' into a text, which depends on its format: do it in a step");
        }

        if (Native(operation) is not { } value)
        {
            return null;
        }

        if (value is IrLiteral { Kind: IrKind.Boolean } flag)
        {
            return new IrLiteral(IrKind.Text, flag.Text == "true" ? "True" : "False");
        }

        if (kind == IrKind.Text)
        {
            return IsNeverNull(operation, value) ? value : new IrCoalesce(value, Empty, IrKind.Text);
        }

        var subject = operation.Type is { } own && JsonMembers.IsNullable(own) ? Once(value) : value;
        IrExpression text = kind == IrKind.Boolean
            ? new IrConditional(subject, new IrLiteral(IrKind.Text, "True"), new IrLiteral(IrKind.Text, "False"), IrKind.Text)
            : subject;
        return operation.Type is { } nullable && JsonMembers.IsNullable(nullable)
            ? new IrConditional(new IrIsNull(subject), Empty, kind == IrKind.Integer ? new IrConcat(new[] { text }.ToEquatableArray()) : text, IrKind.Text)
            : text;
    }

    private bool IsNeverNull(IOperation operation, IrExpression value) =>
        value is IrConcat or IrLiteral { Kind: IrKind.Text } or IrFailurePart { Part: not IrFailureField.Data }
        || (operation.Type is { } type && !JsonMembers.IsNullable(type) && !MayBeNull(operation) && !context.IsUnsure(value));

    private IrExpression? Call(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.ContainingType.SpecialType == SpecialType.System_String)
        {
            switch (method.Name)
            {
                case "IsNullOrEmpty":
                    return Native(call.Arguments[0].Value) is { } text ? IsNullOrEmpty(Once(text)) : null;

                case "Equals" when Equalized(call) is { } sides:
                    return sides.Left is IParameterReferenceOperation or ILocalReferenceOperation or IPropertyReferenceOperation or ILiteralOperation && (call.Instance is null || !MayBeNull(sides.Left))
                        ? Native(sides.Left) is { } left && Native(sides.Right) is { } right && left.Kind == IrKind.Text && right.Kind == IrKind.Text ? new IrBinary(IrOperator.Equal, left, right) : Blocked(call, ExpressionProblems.Comparison)
                        : Blocked(call, ExpressionProblems.Of(call));

                case "Concat" when call.Arguments.All(static argument => argument is { ArgumentKind: ArgumentKind.Explicit } && argument.Parameter?.Type.SpecialType is SpecialType.System_String or SpecialType.System_Object):
                    return Joined([.. call.Arguments.Select(argument => TextPart(argument.Value))]);
            }
        }

        if (method is { Name: "ToString", Parameters.Length: 0 } && call.Instance is { } number && JsonMembers.KindOf(number.Type) == IrKind.Integer && !JsonMembers.IsNullable(number.Type!))
        {
            return Native(number) is { } value ? new IrConcat(new[] { value }.ToEquatableArray()) : null;
        }

        // The engine's own identifiers are written as Guid writes them; those of payloads may not be.
        if (method is { Name: "ToString", Parameters.Length: 0 } && call.Instance is IInvocationOperation { TargetMethod: { Name: "NewGuid" } take } made && WorkflowSymbols.Same(take.ContainingType, context.Symbols.Workflow))
        {
            return Native(made) is IrVariable identifier ? identifier with { Kind = IrKind.Text } : null;
        }

        if (method is { Name: "GetValueOrDefault" } && method.ContainingType.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T && call.Instance is { } nullable)
        {
            return OrDefault(call, nullable);
        }

        return ListCall(call) ?? (_obstacle is null ? OwnCall(call) : null) ?? (_obstacle is null ? Blocked(call, ExpressionProblems.Of(call)) : null);
    }

    private static IrBinary IsNullOrEmpty(IrExpression text) => new(IrOperator.Or, new IrIsNull(text), new IrBinary(IrOperator.Equal, text, Empty));

    // Both sides of an ordinal comparison.
    private static (IOperation Left, IOperation Right)? Equalized(IInvocationOperation call)
    {
        var arguments = call.Arguments.OrderBy(static argument => argument.Parameter?.Ordinal).Select(static argument => argument.Value).ToImmutableArray();
        var sides = call.Instance is { } instance ? arguments.Insert(0, instance) : arguments;
        return sides.Length is 2 && sides.All(static side => side.Type?.SpecialType == SpecialType.System_String) ? (sides[0], sides[1])
            : sides.Length is 3 && sides[2].ConstantValue is { HasValue: true, Value: (int)StringComparison.Ordinal } ? (sides[0], sides[1])
            : null;
    }

    private IrExpression? OrDefault(IInvocationOperation call, IOperation nullable)
    {
        var type = JsonMembers.Unwrap(nullable.Type)!;
        var kind = context.KindOf(type);
        var otherwise = call.Arguments.Length == 1 ? Native(call.Arguments[0].Value)
            : kind == IrKind.Integer && type.TypeKind != TypeKind.Enum ? new IrLiteral(kind, "0")
            : kind == IrKind.Boolean ? new IrLiteral(kind, "false")
            : Blocked(call, ExpressionProblems.Of(call));
        return otherwise is not null && Native(nullable) is { } value ? new IrCoalesce(value, otherwise, kind) : null;
    }
}
