using Portable.Generator.Emit.Validation;
using Portable.Generator.Helpers;
using Portable.Generator.Model;

namespace Portable.Generator.Emit.Functions;

/// <summary>Writes the handler of a function that is started by messages: of single ones, or of whole batches.</summary>
internal static class MessageEmitter
{
    private const string Runtime = "global::Portable.Runtime.";
    private const string ValueTask = "global::System.Threading.Tasks.ValueTask";
    private const string BatchResult = "global::Portable.BatchResult";

    public static void Write(SourceWriter writer, FunctionUnit unit, MessageTriggerModel trigger)
    {
        var function = unit.Function;
        var payload = function.Parameters.First(static parameter => IsPayload(parameter.Source));
        var isBatch = payload.Source is ParameterSource.BodyBatch or ParameterSource.MessageBatch;
        var retry = function.Retry is null ? "" : $", retry: {RetryWriter.Expression(function.Retry)}";
        var deadLetter = function.DeadLetter is { } queue ? $", deadLetter: {CodeFile.Text(queue)}" : "";
        writer.Line($"internal static readonly {Runtime}MessageFunction Definition = new({CodeFile.Text(function.Name)}, {MessageSources.Expression(trigger)}, HandleAsync, handlesBatches: {(isBatch ? "true" : "false")}, timeoutSeconds: {function.TimeoutSeconds}{retry}{deadLetter});").Line();
        IdempotencyEmitter.Policy(writer, function);
        if (function.Idempotency is { } idempotency)
        {
            IdempotencyEmitter.KeyOf(writer, idempotency, Type(trigger.Shape, payload), trigger.Shape.Body ?? "");
        }

        if (isBatch)
        {
            Batch(writer, unit, Reader(trigger.Shape, payload, unit));
        }
        else
        {
            Single(writer, unit, trigger.Shape, payload);
        }
    }

    private static void Batch(SourceWriter writer, FunctionUnit unit, string reader)
    {
        var returned = unit.Function.Return;
        var isOnce = unit.Function.Idempotency is not null;
        var isAsync = returned.Await != AwaitKind.None || isOnce;
        writer.Open($"private static {(isAsync ? "async " : "")}{ValueTask}<{BatchResult}> HandleAsync({Runtime}MessageCall call)");
        var call = new CallWriter(unit, "call", writer);
        if (isOnce)
        {
            writer.Line($"await using var claim = await call.ReadOnceAsync(Once, {reader}, KeyOf).ConfigureAwait(false);")
                .Line("var messages = claim.Messages;")
                .Open("if (messages.Count == 0)").Line($"return await claim.CompleteAsync({BatchResult}.Success).ConfigureAwait(false);").Close().Line();
        }
        else
        {
            writer.Line($"var messages = call.Read({reader});");
        }

        call.Services();
        call.Invoke(returned.Kind == ReturnKind.BatchResult ? "result" : null);
        var reported = returned.Kind == ReturnKind.BatchResult ? "result" : BatchResult + ".Success";
        var result = isOnce ? $"await claim.CompleteAsync({reported}).ConfigureAwait(false)" : $"call.Complete({reported})";
        writer.Line(isAsync ? $"return {result};" : $"return {ValueTask}.FromResult({result});").Close();
    }

    private static void Single(SourceWriter writer, FunctionUnit unit, MessageShape shape, ParameterModel payload)
    {
        var function = unit.Function;
        writer.Line($"private static {ValueTask}<{BatchResult}> HandleAsync({Runtime}MessageCall call) =>");
        writer.Indentation++;
        var reader = Reader(shape, payload, unit);
        writer.Line(function.Idempotency is null ? $"call.ForEachAsync({reader}, HandleMessageAsync);" : $"call.ForEachOnceAsync(Once, {reader}, KeyOf, HandleMessageAsync);").Line();
        writer.Indentation--;
        var isAsync = function.Return.Await != AwaitKind.None;
        writer.Open($"private static {(isAsync ? "async " : "")}{ValueTask} HandleMessageAsync({Runtime}MessageCall call, {Type(shape, payload)} message)");
        var single = new CallWriter(unit, "call", writer);
        foreach (var parameter in function.Parameters.Where(static parameter => parameter.Source == ParameterSource.Header))
        {
            var missing = parameter.Optional
                ? parameter.Default ?? "null"
                : $"throw new global::System.InvalidOperationException({CodeFile.Text($"The message has no attribute '{parameter.WireName}'.")})";
            writer.Line($"var {single.Local(parameter)} = message.Attributes.TryGetValue({CodeFile.Text(parameter.WireName)}, out var {single.Local(parameter)}Text) ? {single.Local(parameter)}Text : {missing};");
        }

        single.Services();
        single.Invoke(null);
        if (!isAsync)
        {
            writer.Line("return default;");
        }

        writer.Close();
    }

    private static bool IsPayload(ParameterSource source) =>
        source is ParameterSource.MessageBody or ParameterSource.Message or ParameterSource.BodyBatch or ParameterSource.MessageBatch or ParameterSource.CloudEvent;

    /// <summary>The type of one message.</summary>
    private static string Type(MessageShape shape, ParameterModel payload) =>
        payload.Source == ParameterSource.CloudEvent ? payload.Type.FullName
        : shape.IsGeneric ? $"global::Portable.{shape.Wrapper}<{payload.Payload!.FullName}>"
        : $"global::Portable.{shape.Wrapper}";

    private static string Reader(MessageShape shape, ParameterModel payload, FunctionUnit unit) =>
        payload.Source == ParameterSource.CloudEvent ? CloudEventEmitter.Reader
        : shape.IsGeneric ? $"{Runtime}MessageReaders.{shape.Reader}({unit.Json.Expression(payload.Payload!)}{ValidatorEmitter.Argument(unit.Function.Validation, payload.Payload!)})"
        : $"{Runtime}MessageReaders.{shape.Reader}";
}
