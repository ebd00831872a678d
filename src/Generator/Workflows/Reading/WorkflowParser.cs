using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Portable.Generator.Discovery;
using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>
/// Reads a method with <c>[Workflow]</c>. Without a usable signature there is no model; with a body that the engines cannot be
/// given, the model has no body, and the workflow still runs where C# itself runs it.
/// </summary>
internal static class WorkflowParser
{
    private const int LongestName = 50;

    public static Parsed<WorkflowModel> Parse(IMethodSymbol method, Compilation compilation, CancellationToken cancellationToken)
    {
        var symbols = new WorkflowSymbols(compilation);
        var findings = ImmutableArray.CreateBuilder<Finding>();
        if (WorkflowSymbols.Attribute(method, symbols.WorkflowAttribute) is not { } attribute)
        {
            return new Parsed<WorkflowModel>(null, findings.ToImmutable());
        }

        var name = Readings.FirstText(attribute);
        if (!Readings.IsCloudName(name, LongestName))
        {
            findings.Add(Findings.Of(
                RuleIdentifiers.WorkflowName,
                Readings.LocationOf(attribute, method, cancellationToken),
                name ?? "", $"is not a name that every engine accepts: use lower-case letters, digits and hyphens, a letter first, at most {LongestName} characters"));
        }

        var isTask = symbols.IsTask(method.ReturnType, out var output);
        var input = method.Parameters.Length == 2 ? method.Parameters[1] : null;
        var problem = Problem(method, isTask, input, symbols);
        ActivationModel? activation = null;
        if (problem is null)
        {
            activation = Readings.ActivationOf(method.ContainingType, method.IsStatic, StepParser.HasInference(method.ContainingType, symbols), out problem);
        }

        if (problem is { Length: > 0 })
        {
            findings.Add(Findings.Of(RuleIdentifiers.WorkflowSignature, Readings.LocationOf(method), method.Name, problem));
        }

        var steps = Steps(method.ContainingType, symbols, compilation, findings, cancellationToken);
        if (activation is null || findings.Any(static finding => finding.RuleId == RuleIdentifiers.WorkflowName))
        {
            return new Parsed<WorkflowModel>(null, InOrder(findings));
        }

        var timeout = Readings.TimeoutOf(attribute, method, findings, cancellationToken);
        var (readable, complete) = InferenceStandIns.Complete(method, compilation, cancellationToken);
        var known = ReferenceEquals(complete, compilation) ? symbols : new WorkflowSymbols(complete);
        var express = IsExpress(attribute, method, timeout, findings, cancellationToken);
        var body = BodyReader.Read(readable, complete, known, steps, express, findings, cancellationToken);
        return new Parsed<WorkflowModel>(
            new WorkflowModel(
                name!,
                Readings.IdentifierOf(method),
                Readings.NamespaceOf(method),
                method.Name,
                activation,
                input is null ? null : Readings.TypeOf(input.Type),
                output is null ? null : Readings.TypeOf(output),
                body.Input,
                body.Block is null ? steps : steps.Concat(body.Lifted).ToEquatableArray(),
                body.Block,
                timeout,
                Readings.Named(attribute, "CompensateOnFailure")?.Value is true,
                express,
                body.Children,
                body.Payloads),
            InOrder(findings));
    }

    private static bool IsExpress(AttributeData attribute, IMethodSymbol method, int timeout, ImmutableArray<Finding>.Builder findings, CancellationToken cancellationToken)
    {
        var asked = Readings.Named(attribute, "Express")?.Value is true;
        if (asked && timeout > WaitReader.ExpressSeconds)
        {
            findings.Add(Findings.Of(
                RuleIdentifiers.ExpressWorkflow,
                Readings.LocationOf(attribute, method, cancellationToken),
                method.Name,
                $"may take {timeout} seconds, and an Express workflow takes five minutes at most: state a TimeoutSeconds up to {WaitReader.ExpressSeconds}, or take Express off"));
        }

        return asked;
    }

    private static string? Problem(IMethodSymbol method, bool isTask, IParameterSymbol? input, WorkflowSymbols symbols) => method switch
    {
        { IsGenericMethod: true } => "must not be generic",
        _ when !Readings.IsReachable(method.DeclaredAccessibility) => "is not visible to emitted code: make it internal or public",
        _ when !isTask => "must return Task or Task<T>",
        { IsAsync: false } => "must be async: its body is what the engines run",
        _ when method.Parameters.Length is 0 or > 2 || !WorkflowSymbols.Same(method.Parameters[0].Type, symbols.Workflow)
            || method.Parameters.Any(static parameter => parameter.RefKind != RefKind.None || parameter.IsParams)
            || WorkflowSymbols.Same(input?.Type, symbols.CancellationToken)
            => "takes an IWorkflow and, after it, its input if it has one: put several values into a record",
        _ when Readings.IsBroken(method.ReturnType) || (input is not null && Readings.IsBroken(input.Type)) => "", // the compiler says it
        _ when IsRepeated(method, symbols) => "has the same method name as another workflow of the class: give it one of its own",
        _ => null,
    };

    private static bool IsRepeated(IMethodSymbol method, WorkflowSymbols symbols)
    {
        // Ignoring case, because files are named after methods.
        foreach (var member in method.ContainingType.GetMembers())
        {
            if (string.Equals(member.Name, method.Name, StringComparison.OrdinalIgnoreCase) && WorkflowSymbols.Attribute(member, symbols.WorkflowAttribute) is not null)
            {
                return !WorkflowSymbols.Same(member, method);
            }
        }

        return false;
    }

    /// <summary>Every step of the class that can be run. What is wrong with the others is the business of each step's own rule.</summary>
    private static EquatableArray<StepModel> Steps(INamedTypeSymbol type, WorkflowSymbols symbols, Compilation compilation, ImmutableArray<Finding>.Builder findings, CancellationToken cancellationToken)
    {
        // Engines compare step names with and without case: Durable's are case-insensitive.
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var steps = ImmutableArray.CreateBuilder<StepModel>();
        foreach (var member in type.GetMembers())
        {
            if (member is not IMethodSymbol method || StepParser.Parse(method, symbols, compilation, cancellationToken).Model is not { } step)
            {
                continue;
            }

            if (names.Add(step.Name))
            {
                steps.Add(step);
            }
            else
            {
                findings.Add(Findings.Of(
                    RuleIdentifiers.StepSignature, Readings.LocationOf(method), method.Name, "has the name of another step of the class, ignoring case: engines know steps by name, so rename one"));
            }
        }

        return new EquatableArray<StepModel>(steps.ToImmutable());
    }

    private static ImmutableArray<Finding> InOrder(ImmutableArray<Finding>.Builder findings) =>
        findings.OrderBy(static finding => finding.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(static finding => finding.Location.SourceSpan.Start).ToImmutableArray();
}
