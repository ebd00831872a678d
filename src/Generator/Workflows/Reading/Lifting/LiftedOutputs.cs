using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Discovery;

namespace Portable.Generator.Workflows.Reading;

/// <summary>A variable that a lifted expression sets: <c>int.TryParse(text, out var number)</c>.</summary>
/// <param name="Reference">The variable where it is passed.</param>
/// <param name="Declaration">The syntax that declares it there; <see langword="null"/> for one that was declared before.</param>
internal sealed record LiftedOutput(ISymbol Symbol, ITypeSymbol Type, IOperation Reference, SyntaxNode? Declaration);

/// <summary>Finds what an expression sets besides its value.</summary>
internal static class LiftedOutputs
{
    public static IReadOnlyList<LiftedOutput> Find(ReadingContext context, IOperation operation, Func<ISymbol, bool> isReadOutside, out Impurity? problem)
    {
        problem = null;
        var outputs = new List<LiftedOutput>();
        foreach (var argument in operation.DescendantsAndSelf().OfType<IArgumentOperation>())
        {
            if (argument.Parameter is not { RefKind: RefKind.Out or RefKind.Ref } parameter)
            {
                continue;
            }

            var declaration = argument.Value as IDeclarationExpressionOperation;
            var target = declaration?.Expression ?? argument.Value;
            if (LocalUses.VariableOf(target) is not { } symbol || target.Type is not { } type || !isReadOutside(symbol))
            {
                continue;
            }

            problem = parameter.RefKind == RefKind.Ref ? Unsupported(argument, $"passes '{symbol.Name}' by reference: let a step return the new value")
                : IsInFunction(argument, operation) ? Unsupported(argument, $"sets '{symbol.Name}' within a lambda: put the code into a step")
                : outputs.Exists(known => WorkflowSymbols.Same(known.Symbol, symbol)) ? Unsupported(argument, $"sets '{symbol.Name}' twice in one expression: use two variables")
                : LiftedTypes.WhyNot(type, context.Semantics.Compilation) is { } reason ? Unsupported(argument, $"sets '{symbol.Name}' in a step, but its type {reason}")
                : declaration is null && context.Find(symbol) is { } variable && variable.Depth < context.Function.Depth
                    ? new Impurity(argument, RuleIdentifiers.BranchAssignsOuter, $"assigns '{symbol.Name}' inside a branch, which would be lost: engines run branches on copies of the variables, so return the value from the branch")
                : null;
            if (problem is not null)
            {
                return [];
            }

            outputs.Add(new LiftedOutput(symbol, type, target, declaration?.Syntax));
        }

        return outputs;
    }

    /// <summary>The declarations as the names that they declare, for a method that has them as parameters.</summary>
    public static IEnumerable<KeyValuePair<SyntaxNode, string>> Names(IReadOnlyList<LiftedOutput> outputs) =>
        outputs.Where(static output => output.Declaration is not null).Select(static output => new KeyValuePair<SyntaxNode, string>(output.Declaration!, Text(output)));

    private static string Text(LiftedOutput output) =>
        output.Declaration!.DescendantNodesAndSelf().OfType<SingleVariableDesignationSyntax>().FirstOrDefault()?.Identifier.Text ?? output.Symbol.Name;

    private static bool IsInFunction(IOperation inner, IOperation outer)
    {
        for (var at = inner.Parent; at is not null && at != outer; at = at.Parent)
        {
            if (at is IAnonymousFunctionOperation)
            {
                return true;
            }
        }

        return false;
    }

    private static Impurity Unsupported(IOperation operation, string problem) => new(operation, RuleIdentifiers.UnsupportedExpression, problem);
}
