using System.Globalization;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.GoogleWorkflows;

/// <content>Steps and everything else that takes time.</content>
internal sealed partial class GoogleMain
{
    private static readonly IrLiteral s_null = new(IrKind.Null, "");

    private void Step(IrStep call)
    {
        var step = model.Steps.First(candidate => candidate.Name == call.Step);
        if (RetryPlan.Of(step.Retry) is not { } plan)
        {
            Check(call.Label);
            yaml.Item(call.Label, () => Call(call, step, "1"));
            return;
        }

        if (step.Endpoint is not null && _stops.Count == 0)
        {
            yaml.Item(call.Label, () => yaml.Map("try", () => Call(call, step, "")).Map("retry", () => Retry(step, plan)));
            return;
        }

        // A step is told which call it is, and every call in a branch looks first whether it may still run.
        var attempt = step.Endpoint is null ? names.Variable(call.Label + "_attempt") : null;
        if (attempt is not null)
        {
            yaml.Item(names.Label(call.Label + "_attempts"), () => yaml.Map("assign", () => yaml.Line($"- {attempt}: 0")));
        }

        yaml.Item(call.Label, () => yaml
            .Map("try", () => yaml.Map("steps", () =>
            {
                Check(call.Label);
                if (attempt is not null)
                {
                    yaml.Item(names.Label(call.Label + "_count"), () => yaml.Map("assign", () => yaml.Line($"- {attempt}: ${{{attempt} + 1}}")));
                }

                yaml.Item(names.Label(call.Label + "_call"), () => Call(call, step, $"${{{attempt}}}"));
            }))
            .Map("retry", () => Retry(step, plan)));
    }

    private void Retry(StepModel step, RetryPlan plan) => yaml
        .Entry("predicate", Yaml.Expression(GoogleWorkflowsEmitter.PredicateOf(step.Name)))
        .Entry("max_retries", GoogleSteps.Number(plan.Retries)) // the first call is not counted here
        .Map("backoff", () => yaml
            .Entry("initial_delay", GoogleSteps.Number(plan.FirstDelay))
            .Entry("max_delay", GoogleSteps.Number(plan.LongestDelay))
            .Entry("multiplier", GoogleSteps.Number(plan.Rate)));

    private void Call(IrStep call, StepModel step, string attempt)
    {
        yaml.Entry("call", GoogleWorkflowsEmitter.SubworkflowOf(step.Name));
        yaml.Map("args", () =>
        {
            Value("input", call.Input ?? s_null);
            if (step.Endpoint is null)
            {
                yaml.Entry("attempt", attempt);
            }

            if (call.Key is { } key)
            {
                Value("key", key);
            }
        });
        Result(call.Result);
    }

    private void Wait(IrWait wait)
    {
        Check(wait.Label);
        yaml.Item(wait.Label, () =>
        {
            if (wait.Until is { } time)
            {
                yaml.Entry("call", "sys.sleep_until").Map("args", () => Value("time", time));
                return;
            }

            var seconds = wait.Seconds ?? s_null;
            yaml.Entry("call", "sys.sleep").Map("args", () => yaml.Entry("seconds", NotBelow(0, seconds)));
        });
    }

    // Neither sleeping nor waiting takes less: it would be an error.
    private static string NotBelow(int least, IrExpression seconds) => seconds is IrLiteral literal
        ? int.TryParse(literal.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number < least ? least.ToString(CultureInfo.InvariantCulture) : literal.Text
        : $"${{math.max({GoogleExpression.Print(seconds)}, {least.ToString(CultureInfo.InvariantCulture)})}}";

    private void Event(IrEvent wait)
    {
        Check(wait.Label);
        yaml.Item(wait.Label, () =>
        {
            yaml.Entry("call", GoogleRoutines.AwaitEvent).Map("args", () =>
            {
                yaml.Entry("name", Yaml.Scalar(wait.Name));
                yaml.Entry("timeout", NotBelow(1, wait.TimeoutSeconds));
            });
            Result(wait.Result);
        });
    }

    private void Child(IrChild child)
    {
        Check(child.Label);
        yaml.Item(child.Label, () =>
        {
            yaml.Entry("call", GoogleRoutines.RunWorkflow).Map("args", () =>
            {
                yaml.Entry("workflow", Yaml.Scalar(child.Workflow));
                Value("input", child.Input ?? s_null);
            });
            Result(child.Result);
        });
    }

    private void Publish(IrPublish publish)
    {
        Check(publish.Label);
        yaml.Item(publish.Label, () => yaml.Entry("call", GoogleRoutines.PublishEvent).Map("args", () =>
        {
            yaml.Entry("type", Yaml.Scalar(publish.Type));
            yaml.Entry("version", GoogleSteps.Number(publish.Version));
            Value("payload", publish.Payload);
        }));
    }

    private void Result(string? variable)
    {
        if (variable is not null)
        {
            yaml.Entry("result", variable);
        }
    }
}
