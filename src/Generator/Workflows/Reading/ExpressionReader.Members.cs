using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <content>Members of records, of nullable values and behind <c>?.</c>.</content>
internal sealed partial class ExpressionReader
{
    private const string NullReference = "NullReferenceException";
    private const string NullReferenceMessage = "Object reference not set to an instance of an object.";

    private IrExpression? Member(IPropertyReferenceOperation reference)
    {
        var property = reference.Property;
        if (property.ContainingType.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T && reference.Instance is { } nullable)
        {
            return Native(nullable) switch
            {
                null => null,
                var value => property.Name == "HasValue" ? new IrNot(new IrIsNull(value)) : ValueOf(reference, value),
            };
        }

        if (WorkflowSymbols.Same(property.ContainingType, context.Symbols.Workflow))
        {
            return Reject(reference, $"reads '{property.Name}' of the workflow: pass what identifies the run in the input");
        }

        if (reference.Instance is null || (reference.Instance is IInstanceReferenceOperation && _instances.Count == 0))
        {
            return Blocked(reference, $"reads '{property.Name}', which is not part of the run's data: pass it in the input or read it in a step");
        }

        if (ListTypes.ElementOf(reference.Instance.Type) is not null)
        {
            return property.IsIndexer && reference.Arguments.Length == 1 ? Element(reference, reference.Instance, reference.Arguments[0].Value)
                : property.Name is "Count" or "Length" ? Count(reference.Instance)
                : Blocked(reference, $"reads '{property.Name}' of a list: compute it in a step");
        }

        if (JsonMembers.IsPair(property.ContainingType) && Native(reference.Instance) is { } pair)
        {
            return MemberOf(pair, property, reference);
        }

        if (JsonMembers.IsComputed(property) && OwnProperty(reference) is { } computed)
        {
            return computed;
        }

        if (JsonMembers.WhyNotReadable(property) is { } problem)
        {
            return JsonMembers.IsLost(property) ? Reject(reference, problem) : Blocked(reference, problem);
        }

        if (Native(reference.Instance) is not { } target)
        {
            return null;
        }

        if (reference.Instance is not (IConditionalAccessInstanceOperation or IInstanceReferenceOperation))
        {
            if (MayBeNull(reference.Instance))
            {
                return Reject(reference, $"reads '{property.Name}' of a value that may be null here: check it with 'is not null' first");
            }

            FailIfForgiven(reference.Instance, target);
        }

        return MemberOf(target, property, reference);
    }

    /// <summary>A member of an object that has been read.</summary>
    public IrExpression? MemberOf(IrExpression target, IPropertySymbol property, IOperation at)
    {
        IrLiteral? missing = null;
        if (JsonMembers.MayBeLeftOut(property) || context.IsExternal(target))
        {
            missing = MemberDefaults.Of(property, context.Semantics.Compilation, context.Enums, context.CancellationToken);
            if (missing is null)
            {
                return Blocked(at, $"reads '{property.Name}', whose initial value engines cannot know when the JSON lacks it: read it in a step");
            }
        }

        return new IrMember(target, JsonMembers.NameOf(property), context.KindOf(property.Type), missing, JsonMembers.IsNullable(property.Type));
    }

    private IrExpression? ValueOf(IPropertyReferenceOperation reference, IrExpression value)
    {
        if (MayBeNull(reference.Instance!))
        {
            return Reject(reference, "reads the Value of something that may be null here: check it with 'is not null' first");
        }

        FailIfForgiven(reference.Instance!, value, "InvalidOperationException", "Nullable object must have a value.");
        return value;
    }

    // The compiler takes the user's word for x! without a look; C# then throws at run time, and so do we.
    public void FailIfForgiven(IOperation operation, IrExpression value, string code = NullReference, string message = NullReferenceMessage)
    {
        if (operation.Syntax.Parent.IsKind(SyntaxKind.SuppressNullableWarningExpression) && value is not (IrLiteral or IrObject or IrMerge or IrList))
        {
            FailIf(new IrIsNull(value), code, message);
        }
    }

    private IrExpression? ConditionalAccess(IConditionalAccessOperation access)
    {
        if (Native(access.Operation) is not { } read)
        {
            return null;
        }

        var target = Once(read);
        var then = context.Prelude.Apart(() => Within(target, access.WhenNotNull), out var before);
        return then is null ? null : Choose(
            new Choice(new IrIsNull(target), [], new Choice(new IrLiteral(IrKind.Null, ""), []), new Choice(then, before)), then.Kind);
    }

    private IrExpression? Within(IrExpression target, IOperation operation)
    {
        _conditionalTargets.Push(target);
        try
        {
            return Native(operation);
        }
        finally
        {
            _conditionalTargets.Pop();
        }
    }
}
