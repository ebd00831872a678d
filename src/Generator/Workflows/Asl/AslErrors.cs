using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Asl;

/// <summary>
/// How Step Functions' errors and the project's failures stand to each other.
/// <list type="bullet">
/// <item>A step that fails ends its Lambda invocation with its code as the error type, so <c>Error</c> is the code, and <c>Cause</c> is JSON
/// text whose <c>errorMessage</c> holds the failure's own JSON.</item>
/// <item><c>States.Timeout</c> (no answer within TimeoutSeconds) and <c>Sandbox.Timedout</c> (the function's own limit) are the code <c>Timeout</c>.</item>
/// <item>Errors of the Lambda service, such as <c>Lambda.TooManyRequestsException</c>, keep their names as codes. They count as failed calls:
/// "every failure" retries them, a filter does not.</item>
/// <item>An endpoint called directly fails with SageMaker's own errors, all of which are the code <c>InferenceFailed</c>.</item>
/// </list>
/// </summary>
internal static class AslErrors
{
    private const string Timeout = "Timeout";
    private const string InferenceFailed = "InferenceFailed";

    /// <summary>The names that a retrier matches; empty when nothing of the filter can happen.</summary>
    public static IReadOnlyList<string> Retried(StepModel step, RetryModel retry)
    {
        if (retry.On.Count == 0)
        {
            return ["States.ALL"];
        }

        var names = new List<string>();
        foreach (var code in retry.On)
        {
            if (code == Timeout)
            {
                names.AddRange(step.Endpoint is null ? ["Timeout", "States.Timeout", "Sandbox.Timedout"] : ["States.Timeout"]);
            }
            else if (step.Endpoint is null)
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

    /// <summary>The failure <c>{code, message, data}</c> that an error output stands for.</summary>
    /// <param name="error">The expression of the error output.</param>
    /// <param name="inference">Whether an endpoint was called directly.</param>
    public static string Failure(string error, bool inference) => inference
        ? "(" +
          $"$e := {error}; " +
          $"{{'code': $e.Error = 'States.Timeout' ? '{Timeout}' : '{InferenceFailed}', 'message': $exists($e.Cause) ? $e.Cause : $e.Error, 'data': null}}" +
          ")"
        : "(" +
          $"$e := {error}; " +
          "$cause := $exists($e.Cause) ? $e.Cause : ''; " +
          // Cause is JSON only when the function itself failed; a text cut off by a limit must not be parsed.
          "$lambda := $substring($cause, 0, 1) = '{' and $substring($cause, -1) = '}' ? $parse($cause) : {}; " +
          "$text := $exists($lambda.errorMessage) ? $lambda.errorMessage : $cause; " +
          "$own := $substring($text, 0, 8) = '{\"code\":' and $substring($text, -1) = '}' ? $parse($text) : {}; " +
          "$exists($own.code) " +
          "? {'code': $own.code, 'message': $own.message, 'data': $exists($own.data) ? $own.data : null} " +
          $": {{'code': $e.Error = 'States.Timeout' or $e.Error = 'Sandbox.Timedout' ? '{Timeout}' : $e.Error, 'message': $text != '' ? $text : $e.Error, 'data': null}}" +
          ")";
}
