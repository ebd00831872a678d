using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>Reads the construction of a record or plain class as the JSON object that C# would write for it.</summary>
internal sealed class ObjectReader(ReadingContext context, ExpressionReader expressions)
{
    public IrExpression? Read(IObjectCreationOperation creation)
    {
        if (creation is not { Type: INamedTypeSymbol type, Constructor: { } constructor })
        {
            return context.GiveUp();
        }

        if (JsonMembers.ToConstruct(type, out var problem) is not { } properties)
        {
            return expressions.Blocked(creation, problem!);
        }

        if (constructor.Parameters.Length > 0 && !JsonMembers.IsPositional(constructor, context.CancellationToken))
        {
            return expressions.Blocked(creation, $"makes a '{type.Name}' with a constructor whose body engines cannot know: use a positional record or an object initialiser");
        }

        var values = new Dictionary<string, IrExpression?>(StringComparer.Ordinal);
        foreach (var argument in creation.Arguments)
        {
            if (argument.Parameter is { } parameter && JsonMembers.PropertyOf(type, parameter) is { } property)
            {
                values[property.Name] = expressions.Read(argument.Value);
            }
        }

        if (!Initialised(creation.Initializer, values))
        {
            return null;
        }

        var fields = new List<IrField>();
        foreach (var property in properties)
        {
            if (!values.TryGetValue(property.Name, out var value))
            {
                value = Unset(creation, type, property);
            }

            if (value is not null)
            {
                fields.Add(new IrField(JsonMembers.NameOf(property), value));
            }
        }

        // A missing one has been noted or reported.
        return fields.Count == properties.Count ? new IrObject(fields.ToEquatableArray()) : null;
    }

    /// <summary>Reads <c>x with { A = 1 }</c> as the object with other members.</summary>
    public IrExpression? Read(IWithOperation with)
    {
        if (with.Type is not INamedTypeSymbol type || JsonMembers.ToConstruct(type, out var problem) is not { } properties)
        {
            return expressions.Blocked(with, "copies a value whose JSON engines do not know: copy it in a step");
        }

        var values = new Dictionary<string, IrExpression?>(StringComparer.Ordinal);
        if (expressions.Part(with.Operand) is not { } target || !Initialised(with.Initializer, values) || values.Values.Any(static value => value is null))
        {
            return null;
        }

        var fields = properties.Where(property => values.ContainsKey(property.Name)).Select(property => new IrField(JsonMembers.NameOf(property), values[property.Name]!)).ToEquatableArray();
        return fields.Count == values.Count ? new IrMerge(target, fields) : expressions.Blocked(with, "sets a property that is not part of the JSON: copy the value in a step");
    }

    private bool Initialised(IObjectOrCollectionInitializerOperation? initializer, Dictionary<string, IrExpression?> values)
    {
        foreach (var part in initializer?.Initializers ?? ImmutableArray<IOperation>.Empty)
        {
            if (part is not ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { } property }, Value: var value })
            {
                expressions.Blocked(part, "initialises something else than a property: use properties only");
                return false;
            }

            values[property.Name] = expressions.Read(value);
        }

        return true;
    }

    /// <summary>The value of a property that the construction does not mention.</summary>
    private IrExpression? Unset(IObjectCreationOperation creation, INamedTypeSymbol type, IPropertySymbol property)
    {
        if (property.Type.TypeKind == TypeKind.Enum && context.KindOf(property.Type) == IrKind.Object)
        {
            return expressions.Blocked(creation, $"makes a '{type.Name}' without its '{property.Name}', an enum, whose JSON depends on converters: set it from another value");
        }

        return MemberDefaults.Of(property, context.Semantics.Compilation, context.Enums, context.CancellationToken)
            ?? expressions.Blocked(creation, $"makes a '{type.Name}' without its '{property.Name}', whose initial value engines cannot know: set it");
    }
}
