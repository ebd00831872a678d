using System.Globalization;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.GoogleWorkflows;

/// <summary>
/// Prints the subworkflows: the call of each step, what it retries, and what turns an error into <c>{code, message, data}</c>. Since
/// the calls raise failures in that form, predicates, handlers and callers of the whole workflow all see the same.
/// </summary>
internal sealed class GoogleSteps(WorkflowModel model, Yaml yaml)
{
    // The longest that an HTTP call may take.
    private const int LongestCall = 1800;
    private const int MostConditions = 50;

    /// <summary>The subworkflow that describes an error of a call of the steps function.</summary>
    public const string CallFailure = "step_failure";

    /// <summary>The expression of the run's identifier.</summary>
    public const string RunId = "sys.get_env(\"GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID\")";

    private readonly HashSet<string> _keyed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _stopped = new(StringComparer.Ordinal);

    public void Print(IrBlock body)
    {
        var failures = new GoogleFailures(model);
        var used = new HashSet<string>(IrSteps.Of(body).Select(static call => call.Step), StringComparer.Ordinal);
        _keyed.UnionWith(IrSteps.Of(body).Where(static call => call.Key is not null).Select(static call => call.Step));
        _stopped.UnionWith(IrWalk.All(body).Where(statement => GoogleFailures.StopsOnFailure(statement) || (statement is IrParallel or IrMap && IrWalk.Blocks(statement).Any(failures.MayBeDefect)))
            .SelectMany(IrWalk.Blocks).SelectMany(IrSteps.Of).Select(static call => call.Step));
        var steps = model.Steps.Where(step => used.Contains(step.Name)).ToList();
        foreach (var step in steps)
        {
            Call(step);
            if (RetryPlan.Of(step.Retry) is not null)
            {
                Predicate(step);
            }
        }

        new GoogleRoutines(model, yaml).Print(body);
        if (steps.Exists(static step => step.Endpoint is null) || GoogleRoutines.DescribesCalls(body))
        {
            StepFailure();
        }

        if (steps.Exists(static step => step.Endpoint is not null))
        {
            InferenceFailure();
        }
    }

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private void Call(StepModel step)
    {
        var describe = step.Endpoint is null ? CallFailure : "inference_failure";
        yaml.Blank().Map(GoogleWorkflowsEmitter.SubworkflowOf(step.Name), () => yaml
            .Line(step.Endpoint is not null ? "params: [input]" : _keyed.Contains(step.Name) ? "params: [input, attempt, key]" : "params: [input, attempt]")
            .Map("steps", () => yaml
                .Item("call", () => yaml
                    .Map("try", () => yaml
                        .Entry("call", "http.post")
                        .Map("args", () => Request(step))
                        .Entry("result", "response"))
                    .Map("except", () => yaml
                        .Entry("as", "error")
                        .Map("steps", () => yaml
                            .Item("describe", () => yaml
                                .Entry("call", describe)
                                .Map("args", () => yaml.Entry("error", "${error}"))
                                .Entry("result", "failure"))
                            .If(step.Lifted is not null, () => yaml.Item("mark", () => yaml.Map("assign", () => yaml.Line($"- failure.{GoogleFailures.Defect}: true"))))
                            .Item("fail", () => yaml.Entry("raise", "${failure}")))))
                .Item("output", () => yaml.Entry("return", step.Output is null ? "null" : "${response.body}"))));
    }

    private void Request(StepModel step)
    {
        var variable = step.Endpoint is { } endpoint ? GoogleWorkflowsEmitter.EndpointVariable(endpoint)
            : step.IsIsolated ? GoogleWorkflowsEmitter.StepVariable(step.Name)
            : GoogleWorkflowsEmitter.StepsVariable;
        yaml.Entry("url", $"${{sys.get_env(\"{variable}\")}}");
        yaml.Map("auth", () => yaml.Entry("type", "OIDC"));
        yaml.Entry("timeout", Number(Math.Min(EngineTimeout.Of(step) ?? LongestCall, LongestCall)));
        if (step.Endpoint is not null)
        {
            yaml.Entry("body", "${input}");
            return;
        }

        yaml.Map("body", () =>
        {
            yaml.Entry("step", Yaml.Scalar(step.Name)).Entry("input", "${input}").Entry("run", Yaml.Expression(RunId)).Entry("attempt", "${attempt}");
            if (_keyed.Contains(step.Name))
            {
                yaml.Entry("key", "${key}");
            }
        });
    }

    private void Predicate(StepModel step) => yaml.Blank().Map(GoogleWorkflowsEmitter.PredicateOf(step.Name), () => yaml
        .Line("params: [failure]")
        .Map("steps", () =>
        {
            var codes = step.Retry!.On;
            if (codes.Count == 0 && _stopped.Contains(step.Name))
            {
                // What stops a branch has no code.
                yaml.Item("stopped", () => yaml.Map("switch", () => yaml
                    .ItemLine("condition: ${map.get(failure, \"code\") == null}", () => yaml.Entry("return", "false"))));
            }

            for (var start = 0; start < codes.Count; start += MostConditions)
            {
                var some = codes.Skip(start).Take(MostConditions).ToList();
                yaml.Item($"codes_{(start / MostConditions) + 1}", () => yaml.Map("switch", () =>
                {
                    foreach (var code in some)
                    {
                        yaml.ItemLine($"condition: ${{map.get(failure, \"code\") == {GoogleExpression.Quote(code)}}}", () => yaml.Entry("return", "true"));
                    }
                }));
            }

            yaml.Item("otherwise", () => yaml.Entry("return", codes.Count == 0 ? "true" : "false"));
        }));

    /// <summary>A step answers a failure with status 422 and the failure as JSON. No answer in time is the code Timeout, wherever it was noticed.</summary>
    private void StepFailure() => yaml.Blank().Map(CallFailure, () => yaml
        .Line("params: [error]")
        .Map("steps", () =>
        {
            Read();
            yaml.Item("own", () => yaml.Map("switch", () => yaml
                .ItemLine("condition: ${status == 422 and get_type(body) == \"map\"}", () => yaml
                    .Map("return", () => yaml
                        .Entry("code", "${map.get(body, \"code\")}")
                        .Entry("message", "${map.get(body, \"message\")}")
                        .Entry("data", "${map.get(body, \"data\")}")))));
            Timeouts();
            yaml.Item("answered", () => yaml.Map("switch", () => yaml
                .ItemLine("condition: ${\"HttpError\" in tags}", () => Failure("${\"Http\" + string(status)}"))));
            yaml.Item("unanswered", () => Failure("ConnectionError"));
        }));

    private void InferenceFailure() => yaml.Blank().Map("inference_failure", () => yaml
        .Line("params: [error]")
        .Map("steps", () =>
        {
            Read();
            Timeouts();
            yaml.Item("failed", () => Failure("InferenceFailed"));
        }));

    private void Read() => yaml.Item("read", () => yaml.Map("assign", () => yaml
        .Line("- status: ${map.get(error, \"code\")}")
        .Line("- body: ${map.get(error, \"body\")}")
        .Line("- tags: ${default(map.get(error, \"tags\"), [])}")));

    private void Timeouts() => yaml.Item("late", () => yaml.Map("switch", () => yaml
        .ItemLine("condition: ${\"TimeoutError\" in tags or status == 408 or status == 504}", () => Failure("Timeout"))));

    private void Failure(string code) => yaml.Map("return", () => yaml
        .Entry("code", code)
        .Entry("message", "${map.get(error, \"message\")}")
        .Entry("data", "null"));
}
