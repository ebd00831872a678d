using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Portable.Generator.Discovery;
using Portable.Generator.Discovery.Validation;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>Reads a method with <c>[Step]</c> or <c>[Inference]</c> as a workflow runs it.</summary>
internal static class StepParser
{
    public static Parsed<StepModel> Parse(IMethodSymbol method, Compilation compilation, CancellationToken cancellationToken) =>
        Parse(method, new WorkflowSymbols(compilation), compilation, cancellationToken);

    public static Parsed<StepModel> Parse(IMethodSymbol method, WorkflowSymbols symbols, Compilation compilation, CancellationToken cancellationToken)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        var step = WorkflowSymbols.Attribute(method, symbols.StepAttribute);
        var inference = WorkflowSymbols.Attribute(method, symbols.InferenceAttribute);
        if ((step ?? inference) is not { } attribute)
        {
            return new Parsed<StepModel>(null, findings.ToImmutable());
        }

        ActivationModel? activation = null;
        var readable = Readings.TryParameters(method, symbols, out var payload, out var cancellation);
        var isTask = symbols.IsTask(method.ReturnType, out var result);
        var problem = method switch
        {
            _ when step is not null && inference is not null => "has both [Step] and [Inference]: an inference is a step already",
            { IsGenericMethod: true } => "is generic: a workflow runs steps by name, so give it the types it works on",
            { MethodKind: not MethodKind.Ordinary } => "is no ordinary method",
            _ when !Readings.IsReachable(method.DeclaredAccessibility) => "is not visible to emitted code: make it internal or public",
            _ when !isTask => "must return Task or Task<T>",
            _ when !readable => "may take one payload and a CancellationToken after it, nothing else: put several values into a record",
            _ when Readings.IsBroken(method.ReturnType) || (payload is not null && Readings.IsBroken(payload.Type)) => "", // the compiler says it
            _ => null,
        };
        if (problem is null)
        {
            activation = Readings.ActivationOf(method.ContainingType, method.IsStatic, HasInference(method.ContainingType, symbols), out problem);
        }

        if (activation is null)
        {
            if (problem is { Length: > 0 })
            {
                findings.Add(Findings.Of(RuleIdentifiers.StepSignature, Readings.LocationOf(method), method.Name, problem));
            }

            return new Parsed<StepModel>(null, findings.ToImmutable());
        }

        var endpoint = inference is null ? null : Readings.FirstText(inference);
        var timeout = Readings.TimeoutOf(attribute, method, findings, cancellationToken);
        var key = StepKey.Of(method, symbols, compilation, findings, cancellationToken);
        var model = new StepModel(
            method.Name,
            activation,
            payload is null ? null : Readings.TypeOf(payload.Type),
            result is null ? null : Readings.TypeOf(result),
            cancellation is not null,
            Readings.RetryOf(method, symbols, findings, cancellationToken),
            inference is not null && timeout == 0 ? InferenceParser.DefaultTimeoutSeconds : timeout,
            endpoint,
            CompensationParser.Parse(method, symbols, findings, cancellationToken),
            key?.Name,
            Heartbeat(attribute, method, timeout, findings, cancellationToken),
            Readings.Named(attribute, "Isolated")?.Value is true,
            KeyKind: key?.Kind ?? IrKind.Text,
            KeyDefault: key?.Default,
            IsHttp: Readings.Named(attribute, "Http")?.Value is true,
            Validation: step is null ? default : ValidationReader.Read(payload?.Type, compilation, cancellationToken));
        return new Parsed<StepModel>(model, findings.ToImmutable());
    }

    private static int Heartbeat(AttributeData attribute, IMethodSymbol method, int timeout, ImmutableArray<Finding>.Builder findings, CancellationToken cancellationToken)
    {
        var seconds = Readings.Number(attribute, "HeartbeatSeconds");
        var problem = seconds is < 0 or > 31_536_000 ? "has a HeartbeatSeconds that is not between 0 and a year"
            : seconds > 0 && timeout > 0 && seconds >= timeout ? "has a HeartbeatSeconds that is not below its TimeoutSeconds: it would never be noticed"
            : null;
        if (problem is null)
        {
            return seconds;
        }

        findings.Add(Findings.Of(RuleIdentifiers.AttributeValue, Readings.LocationOf(attribute, method, cancellationToken), method.Name, problem));
        return 0;
    }

    public static bool HasInference(INamedTypeSymbol type, WorkflowSymbols symbols)
    {
        foreach (var member in type.GetMembers())
        {
            if (member is IMethodSymbol { IsPartialDefinition: true, PartialImplementationPart: null } && WorkflowSymbols.Attribute(member, symbols.InferenceAttribute) is not null)
            {
                return true;
            }
        }

        return false;
    }
}
