using Portable.Generator.Helpers;
using Portable.Generator.Model;

namespace Portable.Generator.Emit.Functions;

/// <summary>Writes the call of a handler: the object, the arguments, the awaiting.</summary>
internal sealed class CallWriter(FunctionUnit unit, string call, SourceWriter writer)
{
    private static readonly HashSet<string> Taken = ["call", "binder", "handler", "result", "services", "messages", "message", "claim", "answer"];

    /// <summary>A local for a parameter: its own name, unless emitted code uses that.</summary>
    public string Local(ParameterModel parameter)
    {
        var name = parameter.Name;
        while (Taken.Contains(name) || (name != parameter.Name && unit.Function.Parameters.Any(other => other.Name == name)))
        {
            name += "Value";
        }

        return CodeFile.Name(name);
    }

    /// <summary>Declares <c>services</c> when something needs it.</summary>
    public void Services()
    {
        if (unit.Function.Activation.UsesServices || unit.Function.Parameters.Any(static parameter => parameter.Source == ParameterSource.Service))
        {
            writer.Line($"var services = {call}.Context.Services;");
        }
    }

    /// <summary>Calls the handler, keeping its result in a local if one is named.</summary>
    public void Invoke(string? result)
    {
        var function = unit.Function;
        var target = Activation.Target(function.Activation, unit.Json);
        if (!function.Activation.IsStatic)
        {
            writer.Line($"var handler = {target};");
            target = "handler";
        }

        var arguments = string.Join(", ", function.Parameters.Select(Argument));
        var invocation = $"{target}.{CodeFile.Name(function.Method)}({arguments})";
        if (function.Return.Await != AwaitKind.None)
        {
            invocation = $"await {invocation}.ConfigureAwait(false)";
        }

        writer.Line(result is null ? $"{invocation};" : $"var {result} = {invocation};");
    }

    private string Body => unit.Function.Trigger is MessageTriggerModel { Shape.Body: { } body } ? body : "Body";

    private string Argument(ParameterModel parameter) => parameter.Source switch
    {
        ParameterSource.Cancellation => $"{call}.Context.CancellationToken",
        ParameterSource.Context => $"{call}.Context",
        ParameterSource.Service => Activation.Service(parameter.Type, parameter.Optional, parameter.Output, unit.Json, parameter.Secret),
        ParameterSource.MessageBody => $"message.{Body}",
        ParameterSource.Message or ParameterSource.CloudEvent => "message",
        ParameterSource.MessageBatch => parameter.IsArray ? "messages.ToArray()" : "messages",
        ParameterSource.BodyBatch => parameter.IsArray
            ? $"messages.ConvertAll(static message => message.{Body}).ToArray()"
            : $"messages.ConvertAll(static message => message.{Body})",
        ParameterSource.User => $"{call}.Context.User",
        ParameterSource.Scheduled => $"{call}.Scheduled",
        _ => Local(parameter),
    };
}
