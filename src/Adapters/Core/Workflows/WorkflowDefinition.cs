using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Portable.Runtime;

/// <summary>Runs the user's own workflow method against an engine's <see cref="IWorkflow"/>; returns the result as JSON.</summary>
public delegate Task<ReadOnlyMemory<byte>> WorkflowBody(WorkflowCall call);

/// <summary>A workflow.</summary>
/// <param name="Name">Its name on every engine.</param>
/// <param name="Body">Emitted code that runs the user's method.</param>
/// <param name="Steps">The steps it may run.</param>
/// <param name="TimeoutSeconds">How long a run may take; 0 means the engine's own limit.</param>
public sealed record WorkflowDefinition(string Name, WorkflowBody Body, IReadOnlyList<StepDefinition> Steps, int TimeoutSeconds = 0)
{
    private static readonly IReadOnlyDictionary<string, string> NoChildren = new Dictionary<string, string>();

    /// <summary>The contract of the input; <see langword="null"/> for none.</summary>
    public JsonTypeInfo? Input { get; init; }

    /// <summary>The contract of the result; <see langword="null"/> for none.</summary>
    public JsonTypeInfo? Output { get; init; }

    /// <summary>Whether the workflow compensates: its branches then run to their end, so that what they did can be undone.</summary>
    public bool IsSaga { get; init; }

    /// <summary>Whether a run that fails undoes its completed steps before it ends.</summary>
    public bool CompensatesOnFailure { get; init; }

    /// <summary>The workflows that the body runs by method: the text that C# has for the method, and the workflow's name.</summary>
    public IReadOnlyDictionary<string, string> Children { get; init; } = NoChildren;

    /// <summary>The contracts of the events that the body awaits and publishes, and of its children's inputs and results.</summary>
    public IReadOnlyList<JsonTypeInfo> Payloads { get; init; } = [];

    /// <summary>The step of that name.</summary>
    /// <exception cref="InvalidOperationException">There is no such step.</exception>
    public StepDefinition Step(string name) => FindStep(name)
        ?? throw new InvalidOperationException($"The workflow '{Name}' has no step '{name}'. Pass flow.Step a method of the workflow's class that has [Step] or [Inference].");

    /// <summary>The step of that name; <see langword="null"/> when there is none.</summary>
    public StepDefinition? FindStep(string name)
    {
        foreach (var step in Steps)
        {
            if (step.Name == name)
            {
                return step;
            }
        }

        return null;
    }

    /// <summary>The contract of a type among <see cref="Payloads"/>; <see langword="null"/> when it is not there.</summary>
    public JsonTypeInfo<T>? Contract<T>()
    {
        foreach (var payload in Payloads)
        {
            if (payload is JsonTypeInfo<T> contract)
            {
                return contract;
            }
        }

        return null;
    }
}

/// <summary>One turn of a workflow's body.</summary>
public sealed class WorkflowCall(IWorkflow flow, ReadOnlyMemory<byte> input, IServiceProvider services)
{
    /// <summary>The engine.</summary>
    public IWorkflow Flow { get; } = flow;

    /// <summary>The input as JSON.</summary>
    public ReadOnlyMemory<byte> Payload { get; } = input;

    /// <summary>Services for the constructor of the workflow's class.</summary>
    public IServiceProvider Services { get; } = services;

    /// <summary>The input.</summary>
    /// <exception cref="StepFailed">With the code <c>BadInput</c>: the input is not valid JSON for the workflow.</exception>
    public T Input<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(Payload.Span, type)!;
        }
        catch (JsonException e)
        {
            throw new StepFailed("BadInput", $"The input is not valid JSON for {typeof(T).Name} at {e.Path ?? "$"}.", innerException: e);
        }
    }
}
