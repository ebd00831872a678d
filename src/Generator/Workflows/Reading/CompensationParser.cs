using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Portable.Generator.Discovery;
using Portable.Generator.Model;

namespace Portable.Generator.Workflows.Reading;

/// <summary>Reads <c>[Compensate]</c>: the step that undoes another one, and what it gets.</summary>
internal static class CompensationParser
{
    public static CompensationModel? Parse(IMethodSymbol method, WorkflowSymbols symbols, ImmutableArray<Finding>.Builder findings, CancellationToken cancellationToken)
    {
        if (WorkflowSymbols.Attribute(method, symbols.CompensateAttribute) is not { } attribute)
        {
            return null;
        }

        var name = Readings.FirstText(attribute) ?? "";
        var undo = method.ContainingType.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault(candidate => WorkflowSymbols.Attribute(candidate, symbols.StepAttribute) is not null);
        IParameterSymbol? wanted = null;
        IParameterSymbol? payload = null;
        var readable = undo is not null && Readings.TryParameters(undo, symbols, out wanted, out _);
        Readings.TryParameters(method, symbols, out payload, out _);
        symbols.IsTask(method.ReturnType, out var result);
        var problem = undo switch
        {
            null => $"is undone by '{name}', which is no [Step] of the class: name one, as in [Compensate(nameof(Refund))]",
            _ when WorkflowSymbols.Same(undo, method) => "is undone by itself: name the step that takes back what this one did",
            _ when !readable => null, // its own rule speaks
            _ when wanted is not null && !WorkflowSymbols.Same(wanted.Type, result) && !WorkflowSymbols.Same(wanted.Type, payload?.Type) =>
                $"is undone by '{name}', which takes a '{wanted.Type.Name}': it gets the undone step's result or payload, so let it take {Choices(result, payload)}",
            _ => null,
        };
        if (problem is not null)
        {
            findings.Add(Findings.Of(RuleIdentifiers.Compensation, Readings.LocationOf(attribute, method, cancellationToken), method.Name, problem));
        }

        return problem is null && readable ? new CompensationModel(name, wanted is not null && WorkflowSymbols.Same(wanted.Type, result)) : null;
    }

    private static string Choices(ITypeSymbol? result, IParameterSymbol? payload) => (result, payload) switch
    {
        (null, null) => "nothing",
        (null, { } one) => $"a '{one.Type.Name}' or nothing",
        ({ } one, null) => $"a '{one.Name}' or nothing",
        ({ } one, { } other) => $"a '{one.Name}', a '{other.Type.Name}' or nothing",
    };
}
