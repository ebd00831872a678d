using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Asl;

/// <summary>What a state calls, which decides how its errors look.</summary>
internal enum AslCall
{
    /// <summary>A Lambda function: a step, the start of a wait for an event, or a task that such a function completes by its token.</summary>
    Function,

    /// <summary>A GPU endpoint.</summary>
    Endpoint,

    /// <summary>Another workflow.</summary>
    Workflow,

    /// <summary>Branches or map items: errors that nothing in them handled come through as they are.</summary>
    Branches,

    /// <summary>The event bus.</summary>
    Bus,
}

/// <summary>
/// How Step Functions' errors and the project's failures stand to each other.
/// <list type="bullet">
/// <item>A step that fails ends its Lambda invocation with its code as the error type, so <c>Error</c> is the code (in managed hosting only a code
/// that the workflow names, because there it is the name of an exception's type), and <c>Cause</c> is JSON
/// text whose <c>errorMessage</c> holds the failure's own JSON. A task that is completed by its token fails with the code, and the failure's JSON as
/// <c>Cause</c>; so does a <c>Fail</c> state of ours.</item>
/// <item><c>States.Timeout</c> (no answer within TimeoutSeconds, or no sign of life within HeartbeatSeconds) and <c>Sandbox.Timedout</c> (the
/// function's own limit) are the code <c>Timeout</c>.</item>
/// <item>Errors of the Lambda service, such as <c>Lambda.TooManyRequestsException</c>, and of the event bus keep their names as codes. They count as
/// failed calls: "every failure" retries them, a filter does not.</item>
/// <item>An endpoint called directly fails with SageMaker's own errors, all of which are the code <c>InferenceFailed</c>.</item>
/// <item>A child execution always fails with <c>States.TaskFailed</c>; <c>Cause</c> is the JSON of its description, whose <c>Error</c> and
/// <c>Cause</c> are what its own <c>Fail</c> state said (recorded on AWS in localstack's tests: callback/test_callback.snapshot.json,
/// test_start_execution_sync_delegate_failure).</item>
/// </list>
/// </summary>
internal static class AslErrors
{
    public const string All = "States.ALL";

    /// <summary>The error of a <c>Fail</c> state in a branch that stands for a defect, which no handler around the branch may see.</summary>
    public const string Defect = "Portable.Defect";

    private const string Timeout = "Timeout";
    private const string InferenceFailed = "InferenceFailed";

    /// <summary>The names that a retrier matches; empty when nothing of the filter can happen.</summary>
    public static IReadOnlyList<string> Retried(StepModel step, RetryModel retry) =>
        retry.On.Count == 0 ? [All] : Named(step.Endpoint is null ? AslCall.Function : AslCall.Endpoint, retry.On) ?? [];

    /// <summary>
    /// The error names by which a call's failures have one of the codes; empty when none can have. <see langword="null"/> when the name
    /// does not tell the code.
    /// </summary>
    public static IReadOnlyList<string>? Named(AslCall call, IEnumerable<string> codes)
    {
        if (call == AslCall.Workflow)
        {
            return null;
        }

        var names = new List<string>();
        foreach (var code in codes)
        {
            if (code == Timeout)
            {
                names.AddRange(call == AslCall.Endpoint ? ["States.Timeout"] : ["Timeout", "States.Timeout", "Sandbox.Timedout"]);
            }
            else if (call != AslCall.Endpoint)
            {
                names.Add(code);
            }
            else if (code == InferenceFailed)
            {
                names.Add("States.TaskFailed"); // every error of a task but States.Timeout
            }
        }

        return names;
    }

    /// <summary>Whether only what was called tells how to read its error: one that leaves a branch must be made a failure before.</summary>
    public static bool IsTranslated(AslCall call) => call is AslCall.Endpoint or AslCall.Workflow;

    /// <summary>The failure <c>{code, message, data}</c> that an error output stands for.</summary>
    /// <param name="error">The expression of the error output.</param>
    /// <param name="call">What was called.</param>
    public static string Failure(string error, AslCall call) => call switch
    {
        AslCall.Endpoint =>
            "(" +
            $"$e := {error}; " +
            $"{{'code': $e.Error = 'States.Timeout' ? '{Timeout}' : '{InferenceFailed}', 'message': $exists($e.Cause) ? $e.Cause : $e.Error, 'data': null}}" +
            ")",
        AslCall.Workflow =>
            "(" +
            $"$task := {error}; " +
            "$run := $exists($task.Cause) and $substring($task.Cause, 0, 1) = '{' and $substring($task.Cause, -1) = '}' ? $parse($task.Cause) : {}; " +
            "$error := $exists($run.Error) ? $run : $run.Status = 'TIMED_OUT' ? {'Error': 'States.Timeout'} : $task; " +
            OfFunction("$error") +
            ")",
        _ => OfFunction(error),
    };

    /// <summary>The code alone of the failure that an error output stands for, where that is less to say than the failure; else empty.</summary>
    public static string Code(string error, AslCall call) => call == AslCall.Endpoint ? $"{error}.Error = 'States.Timeout' ? '{Timeout}' : '{InferenceFailed}'" : "";

    private static string OfFunction(string error) =>
        "(" +
        $"$e := {error}; " +
        "$cause := $exists($e.Cause) ? $e.Cause : ''; " +
        // Cause is JSON only when the function itself failed; a text cut off by a limit must not be parsed.
        "$lambda := $substring($cause, 0, 1) = '{' and $substring($cause, -1) = '}' ? $parse($cause) : {}; " +
        "$text := $exists($lambda.errorMessage) ? $lambda.errorMessage : $cause; " +
        "$own := $substring($text, 0, 8) = '{\"code\":' and $substring($text, -1) = '}' ? $parse($text) : {}; " +
        "$exists($own.code) " +
        "? $own " +
        $": {{'code': $e.Error = 'States.Timeout' or $e.Error = 'Sandbox.Timedout' ? '{Timeout}' : $e.Error, 'message': $text != '' ? $text : $e.Error, 'data': null}}" +
        ")";
}
