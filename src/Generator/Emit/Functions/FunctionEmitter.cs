using Portable.Generator.Helpers;
using Portable.Generator.Model;

namespace Portable.Generator.Emit.Functions;

/// <summary>
/// Writes a function's neutral handler: it binds, calls and shapes the answer, and knows no cloud. Every cloud's entry point leads here.
/// </summary>
internal static class FunctionEmitter
{
    private const string Runtime = "global::Portable.Runtime.";
    private const string ValueTask = "global::System.Threading.Tasks.ValueTask";

    public static EmittedFile Emit(FunctionUnit unit)
    {
        var function = unit.Function;
        var writer = CodeFile.Begin(function.Namespace, "Microsoft.Extensions.DependencyInjection")
            .Line($"/// <summary>Binds and calls <c>{XmlText(function.Activation.Type.Name)}.{function.Method}</c>.</summary>")
            .Line(CodeFile.Generated)
            .Open($"internal static class {function.Identifier}");
        switch (function.Trigger)
        {
            case HttpTriggerModel http:
                Http(writer, unit, http);
                break;
            case QueueTriggerModel queue:
                Queue(writer, unit, queue);
                break;
            case ScheduleTriggerModel schedule:
                Schedule(writer, unit, schedule);
                break;
        }

        return new EmittedFile(CodeFile.NameOf(function.Namespace, function.Identifier), writer.Close().ToString());
    }

    private static void Http(SourceWriter writer, FunctionUnit unit, HttpTriggerModel http)
    {
        var function = unit.Function;
        writer.Line($"internal static readonly {Runtime}HttpFunction Definition = new({CodeFile.Text(function.Name)}, {CodeFile.Text(http.Method)}, {CodeFile.Text(http.Route)}, HandleAsync, timeoutSeconds: {function.TimeoutSeconds});").Line();
        var isAsync = function.Return.Await != AwaitKind.None;
        writer.Open($"private static {(isAsync ? "async " : "")}{ValueTask}<{Runtime}HttpReply> HandleAsync({Runtime}HttpCall call)");
        var call = new CallWriter(unit, "call", writer);
        if (function.Parameters.Any(static parameter => IsBound(parameter.Source)))
        {
            writer.Line($"var binder = new {Runtime}HttpBinder(call);");
            foreach (var parameter in function.Parameters.Where(static parameter => IsBound(parameter.Source)))
            {
                writer.Line($"var {call.Local(parameter)} = {HttpBinding.Expression(parameter, unit.Json)};");
            }

            writer.Open("if (binder.Failed)").Line(Answer("binder.Problem()", isAsync)).Close().Line();
        }

        call.Services();
        var reply = Reply(function.Return, unit.Json);
        call.Invoke(function.Return.Kind == ReturnKind.Nothing ? null : "result");
        writer.Line(Answer(reply, isAsync)).Close();
    }

    private static void Queue(SourceWriter writer, FunctionUnit unit, QueueTriggerModel queue)
    {
        var function = unit.Function;
        var payload = function.Parameters.First(static parameter => parameter.Payload is not null);
        var isBatch = payload.Source is ParameterSource.BodyBatch or ParameterSource.MessageBatch;
        var retry = function.Retry is null ? "" : $", retry: {RetryWriter.Expression(function.Retry)}";
        writer.Line($"internal static readonly {Runtime}MessageFunction Definition = new({CodeFile.Text(function.Name)}, {CodeFile.Text(queue.Queue)}, batchSize: {queue.BatchSize}, handlesBatches: {(isBatch ? "true" : "false")}, HandleAsync, timeoutSeconds: {function.TimeoutSeconds}{retry});").Line();
        var json = unit.Json.Expression(payload.Payload!);
        var isAsync = function.Return.Await != AwaitKind.None;
        if (isBatch)
        {
            writer.Open($"private static {(isAsync ? "async " : "")}{ValueTask}<global::Portable.BatchResult> HandleAsync({Runtime}MessageCall call)");
            var call = new CallWriter(unit, "call", writer);
            writer.Line($"var messages = call.Read({json});");
            call.Services();
            call.Invoke(function.Return.Kind == ReturnKind.BatchResult ? "result" : null);
            writer.Line(Answer($"call.Complete({(function.Return.Kind == ReturnKind.BatchResult ? "result" : "global::Portable.BatchResult.Success")})", isAsync)).Close();
            return;
        }

        writer.Line($"private static {ValueTask}<global::Portable.BatchResult> HandleAsync({Runtime}MessageCall call) =>");
        writer.Indentation++;
        writer.Line($"call.ForEachAsync({json}, HandleMessageAsync);").Line();
        writer.Indentation--;
        writer.Open($"private static {(isAsync ? "async " : "")}{ValueTask} HandleMessageAsync({Runtime}MessageCall call, global::Portable.Message<{payload.Payload!.FullName}> message)");
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

    private static void Schedule(SourceWriter writer, FunctionUnit unit, ScheduleTriggerModel schedule)
    {
        var function = unit.Function;
        writer.Line($"internal static readonly {Runtime}ScheduleFunction Definition = new({CodeFile.Text(function.Name)}, {CodeFile.Text(schedule.Cron)}, HandleAsync, timeoutSeconds: {function.TimeoutSeconds});").Line();
        var isAsync = function.Return.Await != AwaitKind.None;
        writer.Open($"private static {(isAsync ? "async " : "")}{ValueTask} HandleAsync({Runtime}ScheduleCall call)");
        var call = new CallWriter(unit, "call", writer);
        call.Services();
        call.Invoke(null);
        if (!isAsync)
        {
            writer.Line("return default;");
        }

        writer.Close();
    }

    private static bool IsBound(ParameterSource source) => source is ParameterSource.Route or ParameterSource.Query or ParameterSource.Header or ParameterSource.Body;

    private static string Answer(string expression, bool isAsync) => isAsync ? $"return {expression};" : $"return {ValueTask}.FromResult({expression});";

    private static string Reply(ReturnModel result, JsonTypes json) => result.Kind switch
    {
        ReturnKind.Nothing => $"{Runtime}HttpReply.Status(204)",
        ReturnKind.Text => $"{Runtime}HttpReply.Text(result)",
        ReturnKind.HttpResult => $"{Runtime}HttpReply.From(result)",
        ReturnKind.HttpResultOfValue => $"{Runtime}HttpReply.From({NotNull(result)}, {json.Expression(result.Value!)})",
        _ => $"{Runtime}HttpReply.Json({NotNull(result)}, {json.Expression(result.Value!)})",
    };

    /// <summary>JSON contracts say nothing of nullability; a handler may well return null.</summary>
    private static string NotNull(ReturnModel result) => result.Value!.IsValueType ? "result" : "result!";

    private static string XmlText(string text) => text.Replace("<", "&lt;");
}
