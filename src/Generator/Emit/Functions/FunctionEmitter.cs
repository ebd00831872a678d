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
        string[] usings = function.Idempotency is null ? ["Microsoft.Extensions.DependencyInjection"] : ["Microsoft.Extensions.DependencyInjection", IdempotencyEmitter.Namespace];
        var writer = CodeFile.Begin(function.Namespace, usings)
            .Line($"/// <summary>Binds and calls <c>{XmlText(function.Activation.Type.Name)}.{function.Method}</c>.</summary>")
            .Line(CodeFile.Generated)
            .Open($"internal static class {function.Identifier}");
        switch (function.Trigger)
        {
            case HttpTriggerModel http:
                Http(writer, unit, http);
                break;
            case MessageTriggerModel message:
                MessageEmitter.Write(writer, unit, message);
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
        writer.Line($"internal static readonly {Runtime}HttpFunction Definition = new({CodeFile.Text(function.Name)}, {CodeFile.Text(http.Method)}, {CodeFile.Text(http.Route)}, HandleAsync, timeoutSeconds: {function.TimeoutSeconds}){AuthorizationEmitter.Initializer(function.Authorization)};").Line();
        IdempotencyEmitter.Policy(writer, function);
        var isAsync = function.Return.Await != AwaitKind.None || function.Idempotency is not null;
        writer.Open($"private static {(isAsync ? "async " : "")}{ValueTask}<{Runtime}HttpReply> HandleAsync({Runtime}HttpCall call)");
        var call = new CallWriter(unit, "call", writer);
        if (function.Parameters.Any(static parameter => IsBound(parameter.Source)))
        {
            writer.Line($"var binder = new {Runtime}HttpBinder(call);");
            foreach (var parameter in function.Parameters.Where(static parameter => IsBound(parameter.Source)))
            {
                writer.Line($"var {call.Local(parameter)} = {HttpBinding.Expression(parameter, unit)};");
            }

            writer.Open("if (binder.Failed)").Line(Answer("binder.Problem()", isAsync)).Close().Line();
        }

        IdempotencyEmitter.Claim(writer, function, call);
        call.Services();
        var reply = Reply(function.Return, unit.Json);
        call.Invoke(function.Return.Kind == ReturnKind.Nothing ? null : "result");
        writer.Line(Answer(function.Idempotency is null ? reply : $"await claim.CompleteAsync({reply}).ConfigureAwait(false)", isAsync)).Close();
    }

    private static void Schedule(SourceWriter writer, FunctionUnit unit, ScheduleTriggerModel schedule)
    {
        var function = unit.Function;
        writer.Line($"internal static readonly {Runtime}ScheduleFunction Definition = new({CodeFile.Text(function.Name)}, {CodeFile.Text(schedule.Cron)}, HandleAsync, timeoutSeconds: {function.TimeoutSeconds}{(schedule.TimeZone is { } zone ? $", timeZone: {CodeFile.Text(zone)}" : "")}{(function.Retry is { } retry ? $", retry: {RetryWriter.Expression(retry)}" : "")});").Line();
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
