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
            return expressions.Reject(creation, problem!);
        }

        if (constructor.Parameters.Length > 0 && !JsonMembers.IsPositional(constructor, context.CancellationToken))
        {
            return expressions.Reject(creation, $"makes a '{type.Name}' with a constructor whose body engines cannot know: use a positional record or an object initialiser");
        }

        var values = new Dictionary<string, IrExpression?>(StringComparer.Ordinal);
        foreach (var argument in creation.Arguments)
        {
            if (argument.Parameter is { } parameter && JsonMembers.PropertyOf(type, parameter) is { } property)
            {
                values[property.Name] = expressions.Read(argument.Value);
            }
        }

        foreach (var initializer in creation.Initializer?.Initializers ?? ImmutableArray<IOperation>.Empty)
        {
            if (initializer is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { } property }, Value: var value })
            {
                values[property.Name] = expressions.Read(value);
            }
            else
            {
                return expressions.Reject(initializer, "initialises something else than a property: use properties only");
            }
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

        return fields.Count == properties.Count ? new IrObject(fields.ToEquatableArray()) : context.GiveUp();
    }

    /// <summary>The value of a property that the construction does not mention.</summary>
    private IrExpression? Unset(IObjectCreationOperation creation, INamedTypeSymbol type, IPropertySymbol property)
    {
        if (property.Type.TypeKind == TypeKind.Enum)
        {
            return expressions.Reject(creation, $"makes a '{type.Name}' without its '{property.Name}', an enum, whose JSON depends on converters: set it from another value");
        }

        return MemberDefaults.Of(property, context.Semantics.Compilation, context.CancellationToken)
            ?? expressions.Reject(creation, $"makes a '{type.Name}' without its '{property.Name}', whose initial value engines cannot know: set it");
    }
}
