using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Discovery;
using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>Reads loops.</summary>
internal sealed class LoopReader(ReadingContext context, LocalUses locals, ExpressionReader expressions, StatementReader statements, AssignmentReader assignments)
{
    private static readonly IrBlock Nothing = new(EquatableArray<IrStatement>.Empty);

    public IEnumerable<IrStatement> While(IWhileLoopOperation loop)
    {
        var source = SourceLine.Of(loop);
        if (loop.Condition is not { } test)
        {
            context.GiveUp();
            return [];
        }

        if (loop.ConditionIsTop)
        {
            return Tested(loop, test, Nothing, source) is { } tested ? [tested] : [];
        }

        var body = Body(loop);
        if (Condition(test, out var before) is not { } condition)
        {
            return [];
        }

        if (before.Count == 0)
        {
            return [new IrLoop(condition, true, body, Nothing, source)];
        }

        // A continue goes there too: the condition and what it needs are computed once each round has ended.
        var again = context.Temporary("again", IrKind.Boolean, external: false);
        return [new IrLoop(again, true, body, new IrBlock(before.Concat([new IrAssign(again.Name, condition, IrSource.None)]).ToEquatableArray()), source)];
    }

    public IEnumerable<IrStatement> For(IForLoopOperation loop)
    {
        var first = statements.Statements(loop.Before);
        var source = SourceLine.Of(loop);
        var advance = new Lazy<IrBlock>(() => statements.Block(loop.AtLoopBottom));
        var made = loop.Condition is { } test
            ? Tested(loop, test, null, source, advance)
            : new IrLoop(null, false, Body(loop), advance.Value, source);
        return made is null ? first : [.. first, made];
    }

    public IEnumerable<IrStatement> ForEach(IForEachLoopOperation loop)
    {
        var source = SourceLine.Of(loop);
        var collection = FlowCallReader.WithoutConversions(loop.Collection);
        if ((ListTypes.ElementOf(collection?.Type) ?? ListTypes.EnumeratedBy(collection?.Type)) is not { } element)
        {
            if (collection is not null)
            {
                context.Reject(RuleIdentifiers.UnsupportedStatement, collection, $"goes over a '{collection.Type?.Name}': go over an array or a list, which is what JSON has");
            }

            context.GiveUp();
            return [];
        }

        if (element.IsTupleType || element is { Name: "IGrouping" })
        {
            context.Reject(RuleIdentifiers.UnsupportedStatement, collection!, element.IsTupleType
                ? "goes over tuples, whose elements JSON does not keep: count with 'for', or select records"
                : "goes over groups, which have no JSON: select a record of each, as in '.Select(g => new Group(g.Key, g.ToList()))'");
            return [];
        }

        if (loop.LoopControlVariable is not IVariableDeclaratorOperation { Symbol: var local })
        {
            return Deconstructed(loop, collection!, element, source);
        }

        if (!SymbolEqualityComparer.Default.Equals(element, local.Type) && !context.Semantics.Compilation.ClassifyCommonConversion(element, local.Type).IsImplicit)
        {
            context.Reject(RuleIdentifiers.UnsupportedStatement, loop.LoopControlVariable, $"converts each element to '{local.Type.Name}': use 'var'");
            return [];
        }

        var items = Items(collection!);
        var item = context.Declare(local, items is null || context.IsExternal(items) || locals.IsReassigned(local));
        var body = Body(loop);
        return items is null ? [] : [new IrForEach(item, items, body, source)];
    }

    // foreach (var (key, value) in ...)
    private IEnumerable<IrStatement> Deconstructed(IForEachLoopOperation loop, IOperation collection, ITypeSymbol element, IrSource source)
    {
        var targets = (loop.LoopControlVariable is IDeclarationExpressionOperation declared ? declared.Expression : loop.LoopControlVariable) as ITupleOperation;
        if (targets is null)
        {
            context.Reject(RuleIdentifiers.UnsupportedStatement, loop.LoopControlVariable, "deconstructs the elements of a loop: name the element and read its members");
            return [];
        }

        var items = Items(collection);
        var item = context.Temporary("item", context.KindOf(element), items is null || context.IsExternal(items));
        var parts = new Deconstruction(context, expressions).Members(item, element, targets.Elements.Length, loop.LoopControlVariable);
        var before = parts is null ? [] : assignments.Deconstruct(targets.Elements, parts, IrSource.None).ToList();
        var body = parts is null ? Nothing : Body(loop);
        return items is null || parts is null ? [] : [new IrForEach(item.Name, items, new IrBlock(before.Concat(body.Statements).ToEquatableArray()), source)];
    }

    /// <summary>Reads a list that is gone through.</summary>
    public IrExpression? Items(IOperation collection)
    {
        // What is no list in JSON, a dictionary say, is made one.
        var items = ListTypes.ElementOf(collection.Type) is null && ListTypes.EnumeratedBy(collection.Type) is { } element
            && context.Semantics.Compilation.GetTypeByMetadataName("System.Collections.Generic.List`1") is { } list
                ? expressions.Converted(collection, null, new LiftedForm(list.Construct(element), text => $"global::System.Linq.Enumerable.ToList({text}{(collection.Type!.IsReferenceType ? " ?? throw new global::System.NullReferenceException()" : "")})", $"goes over a '{collection.Type?.Name}', which is no list"))
                : expressions.Read(collection);
        if (items is null)
        {
            return null;
        }

        if (expressions.MayBeNull(collection))
        {
            context.Reject(RuleIdentifiers.UnsupportedExpression, collection, "goes over a list that may be null here: check it with 'is not null' first");
            return null;
        }

        expressions.FailIfForgiven(collection, items);
        return items;
    }

    private IrLoop? Tested(ILoopOperation loop, IOperation test, IrBlock? noAdvance, IrSource source, Lazy<IrBlock>? advance = null)
    {
        var condition = Condition(test, out var before);
        var body = Body(loop);
        var after = noAdvance ?? advance!.Value;
        if (condition is null)
        {
            return null;
        }

        if (condition is IrLiteral { Kind: IrKind.Boolean, Text: "true" })
        {
            return new IrLoop(null, false, body, after, source);
        }

        return before.Count == 0
            ? new IrLoop(condition, false, body, after, source)
            : new IrLoop(
                null,
                false,
                new IrBlock(before.Concat([new IrIf(new IrNot(condition), new IrBlock(EquatableArray.Create<IrStatement>(new IrBreak(IrSource.None))), null, IrSource.None)]).Concat(body.Statements).ToEquatableArray()),
                after,
                source);
    }

    private IrExpression? Condition(IOperation test, out IReadOnlyList<IrStatement> before) => context.Prelude.Apart(() => expressions.Condition(test), out before);

    private IrBlock Body(ILoopOperation loop)
    {
        context.Function.Jumps.EnterLoop(loop);
        var body = statements.Block([loop.Body]);
        context.Function.Jumps.Leave();
        return body;
    }
}
