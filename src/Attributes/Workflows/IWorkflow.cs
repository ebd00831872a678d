namespace Portable;

/// <summary>
/// What a workflow may do. Its body awaits nothing but what this interface returns; everything else belongs in a step.
/// Use the <c>Step</c> overloads of <see cref="WorkflowExtensions"/>.
/// </summary>
public interface IWorkflow
{
    /// <summary>The identifier of this run; stable across replays.</summary>
    string RunId { get; }

    /// <summary>Runs a step by name. Engines implement this; workflows call the <c>Step</c> overloads.</summary>
    /// <typeparam name="TIn">The type of the payload; <see cref="None"/> for a step without one.</typeparam>
    /// <typeparam name="TOut">The type of the result; <see cref="None"/> for a step without one.</typeparam>
    /// <param name="step">The name of the step method.</param>
    /// <param name="input">The payload.</param>
    /// <exception cref="StepFailed">The step failed and its retry policy is exhausted.</exception>
    Task<TOut> RunStep<TIn, TOut>(string step, TIn input);
}

/// <summary>Stands for "no payload" or "no result" where a type is needed. Its JSON is <c>null</c>.</summary>
public readonly struct None;
