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
    /// <summary>The step of that name.</summary>
    /// <exception cref="InvalidOperationException">There is no such step.</exception>
    public StepDefinition Step(string name)
    {
        foreach (var step in Steps)
        {
            if (step.Name == name)
            {
                return step;
            }
        }

        throw new InvalidOperationException($"The workflow '{Name}' has no step '{name}'. Pass flow.Step a method of the workflow's class that has [Step] or [Inference].");
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
