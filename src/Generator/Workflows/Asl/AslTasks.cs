using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Asl;

/// <summary>Describes the Task states of steps and inferences.</summary>
internal sealed class AslTasks(WorkflowModel model)
{
    public StepModel Describe(AslState state, IrStep call, Jsonata print)
    {
        var step = model.Steps.First(candidate => candidate.Name == call.Step);
        var input = call.Input is null ? JsonNode.Null : print.Node(call.Input);
        if (step.Endpoint is { } endpoint)
        {
            state.Fields
                .Add("Resource", "arn:aws:states:::aws-sdk:sagemakerruntime:invokeEndpoint")
                .Add("Arguments", new JsonObject()
                    .Add("EndpointName", $"${{{AslEmitter.EndpointSubstitution(endpoint)}}}")
                    .Add("ContentType", "application/json")
                    .Add("Accept", "application/json")
                    .Add("Body", input));
        }
        else
        {
            state.Fields
                .Add("Resource", "arn:aws:states:::lambda:invoke")
                .Add("Arguments", new JsonObject()
                    .Add("FunctionName", "${StepsFunctionArn}")
                    .Add("Payload", new JsonObject()
                        .Add("step", step.Name)
                        .Add("input", input)
                        .Add("run", Jsonata.Template("$states.context.Execution.Name"))
                        .Add("attempt", Jsonata.Template("$states.context.State.RetryCount + 1"))));
        }

        if (EngineTimeout.Of(step) is { } seconds)
        {
            state.Fields.Add("TimeoutSeconds", JsonNode.Number(seconds));
        }

        if (step.Retry is { } retry && RetryPlan.Of(retry) is { } plan && AslErrors.Retried(step, retry) is { Count: > 0 } errors)
        {
            var retrier = new JsonObject()
                .Add("ErrorEquals", new JsonArray(errors.Select(JsonNode.Text)))
                .Add("IntervalSeconds", JsonNode.Number(plan.FirstDelay))
                .Add("BackoffRate", JsonNode.Number(plan.Rate))
                .Add("MaxAttempts", JsonNode.Number(plan.Retries)); // retries: the first call is not counted here
            if (plan.ReachesLongest)
            {
                retrier.Add("MaxDelaySeconds", JsonNode.Number(plan.LongestDelay));
            }

            state.Fields.Add("Retry", new JsonArray([retrier]));
        }

        return step;
    }
}
