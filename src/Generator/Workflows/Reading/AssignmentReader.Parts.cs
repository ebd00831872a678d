using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Discovery;
using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <content>Tuples, anonymous objects and deconstruction: values without a JSON of their own, whose parts are variables.</content>
internal sealed partial class AssignmentReader
{
    // A tuple or anonymous object has no JSON of its own: its parts become variables.
    private IEnumerable<IrStatement> DeclareParts(ILocalSymbol local, IReadOnlyList<IrExpression> parts, IrSource source)
    {
        var again = locals.References(local).Any(static reference => reference.Parent is IFieldReferenceOperation { Parent: IAssignmentOperation or IIncrementOrDecrementOperation } || reference.Parent is IAssignmentOperation);
        var variables = parts.Select((part, index) =>
        {
            var variable = context.Temporary($"{local.Name}_{index + 1}", part.Kind, again || context.IsExternal(part));
            if (again || context.IsUnsure(part))
            {
                context.MarkUnsure(variable.Name);
            }

            if (context.HoldsExternal(part))
            {
                context.MarkHoldsExternal(variable.Name);
            }

            return variable;
        }).ToList();
        context.DeclareTuple(local, variables);
        return variables.Zip(parts, (variable, part) => new IrAssign(variable.Name, part, source));
    }

    private IEnumerable<IrStatement> Reassign(ISimpleAssignmentOperation assignment, IReadOnlyList<IrExpression> elements, IrSource source)
    {
        if (elements.Any(static element => element is not IrVariable) || !Deconstruction.IsParted(assignment.Value))
        {
            return RejectTuple(assignment);
        }

        if (new Deconstruction(context, expressions).Parts(assignment.Value, elements.Count) is not { } parts)
        {
            context.GiveUp();
            return [];
        }

        var held = parts.Select(part => part is IrLiteral ? part : context.Hold("part", part)).ToList();
        return elements.Zip(held, (element, part) => new IrAssign(((IrVariable)element).Name, part, source));
    }

    private IEnumerable<IrStatement> Deconstruct(IOperation statement, IOperation pattern, IOperation value, IrSource source)
    {
        var whole = pattern is IDeclarationExpressionOperation declared ? declared.Expression : pattern;
        if (whole is not ITupleOperation targets || FlowCallReader.WithoutConversions(value) is not { } from)
        {
            return Reject(statement, StatementProblems.Of(statement));
        }

        if (from is IAwaitOperation awaited && awaited.Type?.IsTupleType == true)
        {
            if (calls.Read(awaited.Operation, awaited) is not { } call)
            {
                return Unread(targets);
            }

            return call.IsTuple && call.Results.Count == targets.Elements.Length
                ? call.RunAll(targets.Elements.Select(Variable).ToList(), source)
                : Reject(statement, "deconstructs a value: read its members where they are needed");
        }

        return new Deconstruction(context, expressions).Parts(from, targets.Elements.Length) is { } parts ? Deconstruct(targets.Elements, parts, source) : Unread(targets);
    }

    /// <summary>Gives variables the parts of a value, which have been read.</summary>
    public IEnumerable<IrStatement> Deconstruct(IReadOnlyList<IOperation> targets, IReadOnlyList<IrExpression> parts, IrSource source)
    {
        // All parts are read before the first one is assigned: (a, b) = (b, a).
        var assigned = targets.Select(Assigned).ToList();
        if (parts.SelectMany(IrWalk.Variables).Any(read => assigned.Contains(read)))
        {
            parts = parts.Select(part => (IrExpression)context.Hold("part", part)).ToList();
        }

        return targets.Zip(parts, (target, part) => (Variable: Variable(target), Part: part))
            .Where(static pair => pair.Variable is not null)
            .Select(pair =>
            {
                var name = pair.Variable!(null, context.IsExternal(pair.Part) || context.IsUnsure(pair.Part));
                if (context.HoldsExternal(pair.Part))
                {
                    context.MarkHoldsExternal(name);
                }

                return new IrAssign(name, pair.Part, source);
            })
            .ToList();
    }

    private string? Assigned(IOperation target) => LocalUses.VariableOf(target) is { } symbol ? context.Find(symbol)?.Name
        : target is IFieldReferenceOperation { Instance: ILocalReferenceOperation } field && context.Flow.TryValue(field, out var value) && value is IrVariable { Name: var name } ? name
        : null;

    // Their uses are read and their own faults found.
    private IEnumerable<IrStatement> Unread(ITupleOperation targets)
    {
        foreach (var element in targets.Elements)
        {
            Variable(element)?.Invoke(null, true);
        }

        context.GiveUp();
        return [];
    }

    // How an element of a deconstruction gets its value; null for a discard.
    private Func<ITypeSymbol?, bool, string>? Variable(IOperation element)
    {
        var target = element is IDeclarationExpressionOperation declared ? declared.Expression : element;
        if (target is IDiscardOperation)
        {
            return null;
        }

        if (target is ILocalReferenceOperation { IsDeclaration: true } local)
        {
            return (_, external) => Declared(local.Local, external, external);
        }

        if (Target(target) is { } variable)
        {
            return (_, _) => variable.Name;
        }

        if (target is not (ILocalReferenceOperation or IParameterReferenceOperation))
        {
            context.Reject(RuleIdentifiers.UnsupportedStatement, target, "deconstructs into something else than locals: name a local for each result");
        }

        return null;
    }
}
