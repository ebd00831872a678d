using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Discovery;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>
/// A list that gets elements after it was made is a value to the engines and an object to C#. The two are the same as long as one
/// variable holds it: everything that would make another name for it is reported.
/// </summary>
internal static class ListAliases
{
    /// <param name="semantics">The semantics of the function whose locals are checked.</param>
    public static void Check(ReadingContext context, LocalUses locals, SemanticModel semantics)
    {
        foreach (var symbol in locals.Growing)
        {
            if (symbol.DeclaringSyntaxReferences.Length == 0 || symbol.DeclaringSyntaxReferences[0].SyntaxTree != semantics.SyntaxTree)
            {
                continue;
            }

            if (symbol is IParameterSymbol)
            {
                Reject(context, locals.References(symbol)[0], $"adds to '{symbol.Name}', which was made outside of the workflow: copy it first, as in 'List<T> copy = [.. {symbol.Name}]'");
                continue;
            }

            foreach (var reference in locals.References(symbol))
            {
                Check(context, symbol, reference);
            }

            foreach (var made in Values(context, semantics, symbol, locals))
            {
                if (!IsFresh(made))
                {
                    Reject(context, made, $"gives '{symbol.Name}', a list that is added to, a list that has another name too: copy it, as in '[.. other]'");
                }
            }
        }
    }

    private static void Check(ReadingContext context, ISymbol symbol, IOperation reference)
    {
        // Up through what changes nothing: conversions to an interface and parentheses.
        var use = reference;
        while (use.Parent is IConversionOperation or IParenthesizedOperation)
        {
            use = use.Parent;
        }

        switch (use.Parent)
        {
            case ISimpleAssignmentOperation assignment when assignment.Target == use:
            case IInvocationOperation call when call.Instance == use: // list.Add(x), list.Contains(x)
            case IPropertyReferenceOperation property when property.Instance == use: // list.Count, list[i]
            case IIsPatternOperation or IBinaryOperation:
                return;

            case not null when reference.Syntax.Parent is SpreadElementSyntax:
                return;

            case IForEachLoopOperation loop when loop.Collection == use:
                if (loop.Body.Descendants().Any(inner => SymbolEqualityComparer.Default.Equals(LocalUses.GrownBy(inner), symbol)))
                {
                    Reject(context, reference, $"adds to '{symbol.Name}' while going over it, which C# forbids: go over a copy, as in 'foreach (var x in [.. {symbol.Name}])'");
                }

                return;
        }

        if (!IsHandedOver(context, symbol, use))
        {
            Reject(context, reference, $"makes another name for '{symbol.Name}', a list that is added to: copy it where it is used, as in '[.. {symbol.Name}]'");
        }
    }

    // What a step, a child or an event gets is a copy, and what the workflow returns nobody adds to any more.
    private static bool IsHandedOver(ReadingContext context, ISymbol symbol, IOperation use)
    {
        for (var outer = use.Parent; outer is not null; outer = outer.Parent)
        {
            switch (outer)
            {
                case IArgumentOperation { Parent: IInvocationOperation call }:
                    return context.Symbols.IsFlow(call.TargetMethod.ContainingType) || (call.TargetMethod.MethodKind == MethodKind.LocalFunction || context.Symbols.IsTask(call.TargetMethod.ReturnType, out _) ? IsLooked(context, symbol, call) : IsCopy(call));
                case IReturnOperation:
                    return WorkflowSymbols.Same(FunctionAround(outer) ?? symbol.ContainingSymbol, symbol.ContainingSymbol);
                case IConversionOperation or IParenthesizedOperation or IObjectCreationOperation or IArgumentOperation or IObjectOrCollectionInitializerOperation:
                case ISimpleAssignmentOperation { Parent: IObjectOrCollectionInitializerOperation }:
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    // An own function that gives no list back, and adds to none while it runs.
    private static bool IsLooked(ReadingContext context, ISymbol symbol, IInvocationOperation call) =>
        StepCallReader.ResultOf(call.TargetMethod) is var result && (result is null || JsonMembers.KindOf(result) is IrKind.Text or IrKind.Integer or IrKind.Boolean)
        && !call.TargetMethod.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(context.CancellationToken).DescendantNodes()
            .Any(node => node is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" or "AddRange", Expression: IdentifierNameSyntax list } && list.Identifier.ValueText == symbol.Name));

    private static IMethodSymbol? FunctionAround(IOperation operation)
    {
        for (var outer = operation.Parent; outer is not null; outer = outer.Parent)
        {
            switch (outer)
            {
                case ILocalFunctionOperation local:
                    return local.Symbol;
                case IAnonymousFunctionOperation lambda:
                    return lambda.Symbol;
            }
        }

        return null;
    }

    // What an own method makes of a list may have the list in it.
    private static bool IsCopy(IInvocationOperation call) => call.TargetMethod.DeclaringSyntaxReferences.Length > 0 ? call.Type is { IsValueType: true } or { SpecialType: SpecialType.System_String } : ListTypes.ElementOf(call.Type) is null || call.TargetMethod.Name is "ToList" or "ToArray";

    private static IEnumerable<IOperation> Values(ReadingContext context, SemanticModel semantics, ISymbol symbol, LocalUses locals)
    {
        foreach (var reference in symbol.DeclaringSyntaxReferences)
        {
            if (semantics.GetOperation(reference.GetSyntax(context.CancellationToken), context.CancellationToken) is IVariableDeclaratorOperation declarator
                && declarator.GetVariableInitializer()?.Value is { } initial)
            {
                yield return initial;
            }
        }

        foreach (var reference in locals.References(symbol))
        {
            if (reference.Parent is ISimpleAssignmentOperation assignment && assignment.Target == reference)
            {
                yield return assignment.Value;
            }
        }
    }

    private static bool IsFresh(IOperation value) => value switch
    {
        IConversionOperation conversion => IsFresh(conversion.Operand),
        _ when value.Syntax is CollectionExpressionSyntax => true,
        IObjectCreationOperation or IAwaitOperation or IInvalidOperation => true,
        IInvocationOperation call => call.TargetMethod.Name is "ToList" or "ToArray",
        _ => false,
    };

    private static void Reject(ReadingContext context, IOperation operation, string problem) => context.Reject(RuleIdentifiers.SharedList, operation, problem);
}
