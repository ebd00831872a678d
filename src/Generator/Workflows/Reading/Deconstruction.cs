using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Discovery;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>Takes values apart: tuples, anonymous objects, positional records, pairs of a dictionary.</summary>
internal sealed class Deconstruction(ReadingContext context, ExpressionReader expressions)
{
    /// <summary>Whether a value is written down as its parts.</summary>
    public static bool IsParted(IOperation value) => Whole(value) is ITupleOperation or IAnonymousObjectCreationOperation;

    /// <summary>The parts of a value; <see langword="null"/> when it was reported.</summary>
    /// <param name="count">How many are wanted; <see langword="null"/> for as many as there are.</param>
    public IReadOnlyList<IrExpression>? Parts(IOperation value, int? count)
    {
        var parts = Whole(value) switch
        {
            ITupleOperation tuple => All(tuple.Elements),
            IAnonymousObjectCreationOperation made => All(made.Initializers.Select(static initializer => initializer is ISimpleAssignmentOperation assignment ? assignment.Value : initializer)),
            ILocalReferenceOperation local when context.FindTuple(local.Local) is { } known => known,
            { Type: INamedTypeSymbol type } other when PropertiesOf(type, count) is { } properties => Members(other, properties),
            var other => Reject(other ?? value),
        };
        return parts is null || count is null || parts.Count == count ? parts : Reject(value);
    }

    /// <summary>The members of an element that has been read.</summary>
    public IReadOnlyList<IrExpression>? Members(IrExpression element, ITypeSymbol? type, int count, IOperation at)
    {
        var parts = type is INamedTypeSymbol named && PropertiesOf(named, count) is { } properties ? properties.Select(property => expressions.MemberOf(element, property, at)).ToList() : null;
        return parts is null || parts.Contains(null) ? Reject(at) : [.. parts.OfType<IrExpression>()];
    }

    private IReadOnlyList<IrExpression>? Members(IOperation value, IReadOnlyList<IPropertySymbol> properties)
    {
        if (expressions.Read(value) is not { } read)
        {
            return null;
        }

        if (expressions.MayBeNull(value))
        {
            context.Reject(RuleIdentifiers.UnsupportedExpression, value, "deconstructs a value that may be null here: check it with 'is not null' first");
            return null;
        }

        var whole = read is IrVariable ? read : context.Hold("whole", read);
        var members = properties.Select(property => expressions.MemberOf(whole, property, value)).ToList();
        return members.Contains(null) ? Reject(value) : [.. members.OfType<IrExpression>()];
    }

    private IReadOnlyList<IrExpression>? All(IEnumerable<IOperation> values)
    {
        var read = values.Select(expressions.Read).ToList();
        return read.Contains(null) ? null : [.. read.OfType<IrExpression>()];
    }

    // What Deconstruct gives, which the compiler has made: the properties of the primary constructor.
    private static IReadOnlyList<IPropertySymbol>? PropertiesOf(INamedTypeSymbol type, int? count)
    {
        if (JsonMembers.IsPair(type))
        {
            return [.. type.GetMembers().OfType<IPropertySymbol>()];
        }

        var deconstruct = type.IsRecord ? type.GetMembers("Deconstruct").OfType<IMethodSymbol>().FirstOrDefault(method => method.IsImplicitlyDeclared && method.Parameters.Length == count) : null;
        var properties = deconstruct?.Parameters.Select(parameter => JsonMembers.PropertyOf(type, parameter)).OfType<IPropertySymbol>().ToArray();
        return properties?.Length == count ? properties : null;
    }

    private static IOperation? Whole(IOperation value)
    {
        var whole = FlowCallReader.WithoutConversions(value);
        return whole is IConversionOperation { Type.IsTupleType: true } conversion ? Whole(conversion.Operand) : whole;
    }

    private IReadOnlyList<IrExpression>? Reject(IOperation value)
    {
        context.Reject(RuleIdentifiers.UnsupportedStatement, value, "deconstructs a value that is no tuple and no positional record: read its members where they are needed");
        return null;
    }
}
