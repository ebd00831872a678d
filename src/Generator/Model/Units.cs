using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Model;

/// <summary>A function with the JSON contracts that it needs: all that its own files depend on.</summary>
internal sealed record FunctionUnit(FunctionModel Function, JsonTypes Json)
{
    public static FunctionUnit Create(FunctionModel function, JsonIndex index) =>
        new(function, index.Resolve(function.Parameters.Select(static parameter => parameter.Payload).Append(function.Return.Value)
            .Concat(function.Outputs.Select(static output => output?.Payload))));
}

/// <summary>A workflow with the JSON contracts that it needs, its members named as JSON names them.</summary>
internal sealed record WorkflowUnit(WorkflowModel Workflow, JsonTypes Json)
{
    public static WorkflowUnit Create(WorkflowModel workflow, JsonIndex index)
    {
        var types = workflow.Steps.SelectMany(static step => new[] { step.Input, step.Output }).Append(workflow.Input).Append(workflow.Output).Concat(workflow.Payloads)
            .Concat(workflow.Steps.SelectMany(static step => step.LiftedTypes)).Concat(workflow.Outputs.Select(static output => output?.Payload));
        return new WorkflowUnit(JsonNames.Apply(workflow, index.Contexts), index.Resolve(types));
    }
}

/// <summary>An inference with the JSON contracts of its call.</summary>
internal sealed record InferenceUnit(InferenceModel Inference, JsonTypes Json)
{
    public static InferenceUnit Create(InferenceModel inference, JsonIndex index) => new(inference, index.Resolve([inference.Input, inference.Output]));
}

/// <summary>What the registry and the manifest need to know of a function.</summary>
internal sealed record FunctionEntry(string Name, string Identifier, string Namespace, string Method, TriggerModel Trigger, int TimeoutSeconds, RetryModel? Retry, string? DeadLetter, bool UsesServices, bool UsesCloudEvents, UsesModel Uses, EquatableArray<string> Secrets, AuthorizationModel? Authorization = null, IdempotencyModel? Idempotency = null, int MemoryMegabytes = 0, int LatencyMilliseconds = 0, int WarmInstances = 0, OwnerModel? Owner = null)
{
    public static FunctionEntry Create(FunctionModel function) => new(
        function.Name, function.Identifier, function.Namespace, $"{function.Activation.Type.FullName.Replace("global::", "")}.{function.Method}", function.Trigger, function.TimeoutSeconds, function.Retry, function.DeadLetter,
        function.Activation.UsesServices || function.Idempotency is not null || function.Authorization is { UsesServices: true } || function.Parameters.Any(static parameter => parameter.Source is ParameterSource.Service or ParameterSource.Context),
        function.Parameters.Any(static parameter => parameter.Source == ParameterSource.CloudEvent),
        UsesModel.Of(function.Outputs),
        SecretNames.Of(function.Secrets),
        function.Authorization,
        function.Idempotency,
        function.MemoryMegabytes,
        function.LatencyMilliseconds,
        function.WarmInstances,
        function.Owner);
}

/// <summary>What the registry and the manifest need to know of a workflow: all but its body.</summary>
internal sealed record WorkflowEntry(
    string Name,
    string Identifier,
    string Namespace,
    string Method,
    int TimeoutSeconds,
    bool HasDefinition,
    EquatableArray<StepModel> Steps,
    bool UsesServices,
    bool IsExpress,
    bool CompensatesOnFailure,
    EquatableArray<string> Called,
    EquatableArray<string> Events,
    EquatableArray<string> Children,
    EquatableArray<PublishedModel> Publishes,
    UsesModel Uses,
    EquatableArray<string> Secrets)
{
    public string StepsName => Name + "-steps";

    /// <summary>Whether its steps function also talks to the engine: about events, or to give signs of life.</summary>
    public bool TalksToEngine => Events.Count > 0 || Steps.Any(static step => step.HeartbeatSeconds > 0);

    public static WorkflowEntry Create(WorkflowModel workflow)
    {
        var statements = IrWalk.All(workflow.Body).ToList();
        return new(
            workflow.Name, workflow.Identifier, workflow.Namespace, $"{workflow.Activation.Type.FullName.Replace("global::", "")}.{workflow.Method}", workflow.TimeoutSeconds, workflow.Body is not null, workflow.Steps,
            workflow.Activation.UsesServices || workflow.Steps.Any(static step => step.Activation.UsesServices),
            workflow.IsExpress,
            workflow.CompensatesOnFailure,
            Names(Undone(statements.OfType<IrStep>().Select(static step => step.Step), workflow.Steps)),
            Names(statements.OfType<IrEvent>().Select(static wait => wait.Name)),
            Names(statements.OfType<IrChild>().Select(static child => child.Workflow)),
            statements.OfType<IrPublish>().Select(static publish => new PublishedModel(publish.Type, publish.Version)).Distinct()
                .OrderBy(static published => published.Type, StringComparer.Ordinal).ThenBy(static published => published.Version).ToEquatableArray(),
            UsesModel.Of(workflow.Outputs),
            SecretNames.Of(workflow.Secrets));
    }

    /// <summary>The steps, and those that undo them.</summary>
    private static IEnumerable<string> Undone(IEnumerable<string> called, EquatableArray<StepModel> steps)
    {
        var all = called.ToList();
        return all.Concat(steps.Where(step => step.Compensation is not null && all.Contains(step.Name)).Select(static step => step.Compensation!.Step));
    }

    private static EquatableArray<string> Names(IEnumerable<string> names) =>
        names.Distinct(StringComparer.Ordinal).OrderBy(static name => name, StringComparer.Ordinal).ToEquatableArray();
}

/// <summary>A value that an emitted definition leaves to whoever deploys it.</summary>
/// <param name="Name">The name that stands in the definition.</param>
/// <param name="Type">What it is: <c>steps</c>, <c>step</c>, <c>endpoint</c>, <c>workflow</c> or <c>events</c>.</param>
/// <param name="Of">The function, step, endpoint or workflow; <see langword="null"/> for the events.</param>
internal sealed record SubstitutionModel(string Name, string Type, string? Of);

/// <summary>A type of events that a workflow publishes.</summary>
internal sealed record PublishedModel(string Type, int Version);

/// <summary>The application as a whole, in the order in which it is written everywhere: by name.</summary>
internal sealed record ApplicationModel(EquatableArray<FunctionEntry> Functions, EquatableArray<WorkflowEntry> Workflows, TypeRef? Startup, EquatableArray<string> JsonContexts, EquatableArray<SecretPropertyModel> SecretProperties)
{
    /// <summary>Whether anything can ask for a service; a program in which nothing can is smaller and starts faster.</summary>
    public bool UsesServices => Startup is not null || Functions.Any(static function => function.UsesServices) || Workflows.Any(static workflow => workflow.UsesServices);

    /// <summary>Whether something may go to the workflow engine by itself: a function that starts runs or raises events, a step that waits.</summary>
    public bool UsesWorkflowBackend => Workflows.Any(static workflow => workflow.TalksToEngine) || (Workflows.Count > 0 && UsesServices);

    /// <summary>Whether anything may send by itself: to a queue, a bucket, the bus or the dead letters. What a startup class registers may.</summary>
    public bool Sends => Startup is not null || Functions.Any(static function => !function.Uses.IsEmpty || function.DeadLetter is not null) || Workflows.Any(static workflow => !workflow.Uses.IsEmpty);

    /// <summary>Whether anything of it is a secret.</summary>
    public bool HasSecrets => SecretProperties.Count > 0 || Functions.Any(static function => function.Secrets.Count > 0) || Workflows.Any(static workflow => workflow.Secrets.Count > 0);

    public bool IsEmpty => Functions.Count == 0 && Workflows.Count == 0 && Startup is null;
}
