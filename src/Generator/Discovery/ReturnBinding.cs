using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Reading;

namespace Portable.Generator.Discovery;

/// <summary>Decides what becomes of a handler's result.</summary>
internal static class ReturnBinding
{
    public static ReturnModel? Bind(IMethodSymbol method, TriggerModel trigger, EquatableArray<ParameterModel> parameters, ImmutableArray<Finding>.Builder findings)
    {
        var type = method.ReturnType;
        if (Readings.IsBroken(type))
        {
            return null; // the compiler says it
        }

        var awaitKind = AwaitKind.None;
        ITypeSymbol? value = method.ReturnsVoid ? null : type;
        if (PortableTypes.IsTask(type, out var isValueTask, out var result))
        {
            awaitKind = isValueTask ? AwaitKind.ValueTask : AwaitKind.Task;
            value = result;
        }

        var problem = method switch
        {
            { ReturnsVoid: true, IsAsync: true } => "is async void: its failure would end the process, and nobody waits for it; return Task",
            { ReturnsByRef: true } or { ReturnsByRefReadonly: true } => "returns a reference: return a value",
            _ => Problem(trigger, value, parameters),
        };
        if (problem is not null)
        {
            findings.Add(Findings.Of(RuleIdentifiers.ReturnType, Readings.LocationOf(method), method.Name, problem));
            return null;
        }

        var kind = KindOf(trigger, ref value);
        return new ReturnModel(kind, awaitKind, value is null ? null : Readings.TypeOf(value));
    }

    private static string? Problem(TriggerModel trigger, ITypeSymbol? value, EquatableArray<ParameterModel> parameters) => trigger switch
    {
        _ when value is { IsRefLikeType: true } or { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer or TypeKind.Delegate } => "returns what cannot leave the process: return a value",
        HttpTriggerModel when value is not null && IsStream(value) => "returns a stream of values, which not every cloud can send: return a list",
        MessageTriggerModel when value is null => null,
        MessageTriggerModel when PortableTypes.IsPortable(value, "BatchResult") =>
            parameters.Any(static parameter => parameter.Source is ParameterSource.BodyBatch or ParameterSource.MessageBatch)
                ? null
                : "returns a BatchResult and takes a single message: throw to fail it, or take the batch as a list",
        MessageTriggerModel => "handles messages, and nobody would receive what it returns: return nothing, or a BatchResult for a batch",
        ScheduleTriggerModel when value is not null => "is started by the clock, and nobody would receive what it returns: return nothing",
        _ => null,
    };

    private static ReturnKind KindOf(TriggerModel trigger, ref ITypeSymbol? value)
    {
        switch (value)
        {
            case null:
                return ReturnKind.Nothing;
            case not null when trigger is MessageTriggerModel:
                value = null;
                return ReturnKind.BatchResult;
            case { SpecialType: SpecialType.System_String }:
                value = null;
                return ReturnKind.Text;
            case INamedTypeSymbol { Name: "HttpResult" } result when PortableTypes.IsPortable(result, "HttpResult"):
                value = result.TypeArguments.Length == 1 ? result.TypeArguments[0] : null;
                return value is null ? ReturnKind.HttpResult : ReturnKind.HttpResultOfValue;
            default:
                return ReturnKind.Value;
        }
    }

    private static bool IsStream(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "IAsyncEnumerable", TypeArguments.Length: 1 } named && PortableTypes.IsCollectionInterface(named);
}
