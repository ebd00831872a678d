using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <content>What .NET says when no arm of a switch expression matches: it names the value.</content>
internal sealed partial class ExpressionReader
{
    private const string Nothing = "Non-exhaustive switch expression failed to match its input.";

    /// <summary>The message; <see langword="null"/> for values that .NET writes in its own way, which only a step can say.</summary>
    private IrExpression? Unmatched(ISwitchExpressionOperation choice, IrExpression subject)
    {
        var type = choice.Value.Type;
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum } names && IsNamed(choice, names))
        {
            return context.KindOf(names) == IrKind.Integer ? Said(subject) : new IrLiteral(IrKind.Text, Nothing);
        }

        if (subject is TupleValue tuple)
        {
            return Written(tuple, FlowCallReader.WithoutConversions(choice.Value)) is { } parts ? Said(parts) : Unsayable(choice);
        }

        return type is null || JsonMembers.KindOf(type) is not (IrKind.Text or IrKind.Integer) ? Unsayable(choice)
            : JsonMembers.IsNullable(type) || context.IsUnsure(subject) ? new IrConditional(new IrIsNull(subject), new IrLiteral(IrKind.Text, Nothing), Said(subject), IrKind.Text)
            : Said(subject);
    }

    private IrExpression? Unsayable(IOperation choice) => Blocked(choice, "has a switch expression that may match nothing: add a last arm '_'");

    private static IrConcat Said(params IrExpression[] value) =>
        new(new IrExpression[] { new IrLiteral(IrKind.Text, Nothing + "\nUnmatched value was ") }.Concat(value).Concat([new IrLiteral(IrKind.Text, ".")]).ToEquatableArray());

    // (1, text, True), and nothing for null.
    private static IrExpression[]? Written(TupleValue tuple, IOperation? operation)
    {
        var parts = new List<IrExpression> { new IrLiteral(IrKind.Text, "(") };
        for (var i = 0; i < tuple.Elements.Count; i++)
        {
            var (element, type) = (tuple.Elements[i], (operation as ITupleOperation)?.Elements[i].Type);
            if (type is null || JsonMembers.KindOf(type) is not (IrKind.Text or IrKind.Integer or IrKind.Boolean))
            {
                return null;
            }

            IrExpression text = element.Kind switch
            {
                IrKind.Boolean => new IrConditional(element, new IrLiteral(IrKind.Text, "True"), new IrLiteral(IrKind.Text, "False"), IrKind.Text),
                IrKind.Integer => new IrConcat(EquatableArray.Create(element)),
                _ => element,
            };
            parts.Add(element is IrLiteral { Kind: IrKind.Null } ? Empty : new IrConditional(new IrIsNull(element), Empty, text, IrKind.Text));
            parts.Add(new IrLiteral(IrKind.Text, i == tuple.Elements.Count - 1 ? ")" : ", "));
        }

        return [.. parts];
    }

    // What is not matched then is a number without a name.
    private static bool IsNamed(ISwitchExpressionOperation choice, INamedTypeSymbol type)
    {
        var matched = new HashSet<object?>(choice.Arms.Where(static arm => arm.Guard is null).SelectMany(static arm => Constants(arm.Pattern)));
        return type.GetMembers().OfType<IFieldSymbol>().Where(static field => field.HasConstantValue).All(field => matched.Contains(field.ConstantValue));
    }

    private static IEnumerable<object?> Constants(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation constant => [constant.Value.ConstantValue.Value],
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either => Constants(either.LeftPattern).Concat(Constants(either.RightPattern)),
        _ => [],
    };
}
