using Portable.Generator.Model;

namespace Portable.Generator.Emit.Manifest;

/// <summary>Writes what the manifest says of a workflow: its steps with their policies, and what it needs from outside.</summary>
internal static class WorkflowManifest
{
    public static void Write(ManifestWriter json, WorkflowEntry workflow, Options options, ICloudEmitter cloud)
    {
        json.Open(null, '{').Text("name", workflow.Name).Text("method", workflow.Method).Number("timeoutSeconds", workflow.TimeoutSeconds)
            .Flag("express", workflow.IsExpress)
            .Flag("compensateOnFailure", workflow.CompensatesOnFailure);
        if (workflow.HasDefinition && options.Cloud is Cloud.Aws or Cloud.Gcp)
        {
            json.Text("definition", options.Cloud == Cloud.Aws ? $"definitions/aws/{workflow.Name}.asl.json" : $"definitions/gcp/{workflow.Name}.workflows.yaml");
            Substitutions(json, cloud.Substitutions(workflow));
        }

        json.Open("steps", '[');
        foreach (var step in workflow.Steps.OrderBy(static step => step.Name, StringComparer.Ordinal))
        {
            Step(json, step);
        }

        json.Close(']').Texts("events", workflow.Events).Texts("children", workflow.Children);
        if (workflow.Publishes.Count > 0)
        {
            json.Open("publishes", '[');
            foreach (var published in workflow.Publishes)
            {
                json.Open(null, '{').Text("type", published.Type).Number("version", published.Version).Close('}');
            }

            json.Close(']');
        }

        json.Close('}');
    }

    public static void Retry(ManifestWriter json, RetryModel? retry)
    {
        if (retry is not null)
        {
            json.Open("retry", '{').Number("maxAttempts", retry.MaxAttempts)
                .Texts("on", retry.On)
                .Number("intervalSeconds", retry.IntervalSeconds).Number("backoffRate", retry.BackoffRate).Number("maxIntervalSeconds", retry.MaxIntervalSeconds)
                .Flag("jitter", retry.Jitter)
                .Close('}');
        }
    }

    private static void Step(ManifestWriter json, StepModel step)
    {
        json.Open(null, '{').Text("name", step.Name)
            .Number("timeoutSeconds", step.TimeoutSeconds)
            .Number("heartbeatSeconds", step.HeartbeatSeconds)
            .Flag("isolated", step.IsIsolated)
            .Flag("generated", step.Lifted is not null);
        Retry(json, step.Retry);
        if (step.KeyMember is { } key)
        {
            json.Text("key", key.Wire);
        }

        if (step.Compensation is { } undo)
        {
            json.Open("compensation", '{').Text("step", undo.Step).Flag("takesResult", undo.TakesResult).Close('}');
        }

        if (step.Endpoint is { } endpoint)
        {
            json.Text("endpoint", endpoint);
        }

        json.Close('}');
    }

    private static void Substitutions(ManifestWriter json, IEnumerable<SubstitutionModel> substitutions)
    {
        json.Open("substitutions", '[');
        foreach (var substitution in substitutions)
        {
            json.Open(null, '{').Text("name", substitution.Name).Text("type", substitution.Type);
            if (substitution.Of is { } of)
            {
                json.Text("of", of);
            }

            json.Close('}');
        }

        json.Close(']');
    }
}
