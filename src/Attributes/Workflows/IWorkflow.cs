namespace Portable;

/// <summary>
/// What a workflow may do. Its body awaits nothing but what this interface and <see cref="WorkflowExtensions"/> return; everything
/// else belongs in a step.
/// </summary>
public interface IWorkflow
{
    /// <summary>The identifier of this run; stable across replays.</summary>
    string RunId { get; }

    /// <summary>The engine's time, the same in every replay. Use it instead of <see cref="DateTimeOffset.UtcNow"/>.</summary>
    DateTimeOffset UtcNow { get; }

    /// <summary>An identifier that is the same in every replay. Use it instead of <see cref="Guid.NewGuid"/>.</summary>
    Guid NewGuid();

    /// <summary>Waits. The run costs nothing meanwhile.</summary>
    /// <param name="delay">How long; nothing happens when it is not above zero. Engines wait whole seconds, rounded up.</param>
    Task Delay(TimeSpan delay);

    /// <summary>Waits until a time; nothing happens when it has passed.</summary>
    Task Until(DateTimeOffset time);

    /// <summary>
    /// Waits for an event that is raised from outside with <c>IWorkflowClient.Raise(runId, name, payload)</c>. One that was raised before
    /// the wait began is not lost; several of the same name are taken in the order in which they were raised.
    /// </summary>
    /// <typeparam name="T">The type of the event's payload.</typeparam>
    /// <param name="name">The name of the event, a constant: letters, digits, hyphens and underscores.</param>
    /// <param name="timeout">How long to wait at most, in whole seconds.</param>
    /// <exception cref="StepFailed">With the code <see cref="StepFailed.TimeoutCode"/>: none came in time.</exception>
    Task<T> Event<T>(string name, TimeSpan timeout);

    /// <summary>Publishes an event, whose type has <see cref="EventContractAttribute"/>. It is delivered at least once.</summary>
    Task Publish<T>(T @event);

    /// <summary>
    /// Undoes the completed steps of this run, or of this branch within a branch, that have <see cref="CompensateAttribute"/>: the last one
    /// first, each with its own retry policy. One that cannot be undone does not keep the rest from being undone.
    /// </summary>
    /// <exception cref="StepFailed">With the code <see cref="StepFailed.CompensationCode"/>: not everything could be undone; the message says what.</exception>
    Task Compensate();

    /// <summary>Runs a step by name. Engines implement this; workflows call the <c>Step</c> overloads.</summary>
    /// <typeparam name="TIn">The type of the payload; <see cref="None"/> for a step without one.</typeparam>
    /// <typeparam name="TOut">The type of the result; <see cref="None"/> for a step without one.</typeparam>
    /// <param name="step">The name of the step method.</param>
    /// <param name="input">The payload.</param>
    /// <exception cref="StepFailed">The step failed and its retry policy is exhausted.</exception>
    Task<TOut> RunStep<TIn, TOut>(string step, TIn input);

    /// <summary>Whether the workflow has a step of that name: method groups of steps run as steps, anything else runs as it is. For engines.</summary>
    bool IsStep(string name);

    /// <summary>Runs another workflow and waits for its result. Engines implement this; workflows call the <c>Child</c> overloads.</summary>
    /// <param name="workflow">The name of the workflow, or the text of the method group that stands for it.</param>
    /// <param name="input">Its input.</param>
    /// <exception cref="StepFailed">The other workflow failed; the failure is its failure.</exception>
    Task<TOut> RunChild<TIn, TOut>(string workflow, TIn input);

    /// <summary>Runs bodies side by side. Engines implement this; workflows call <c>Parallel</c> and <c>Map</c>.</summary>
    /// <param name="bodies">The bodies; each is started in order, as soon as there is room for it.</param>
    /// <param name="maxConcurrency">How many run at a time.</param>
    /// <param name="collects">Whether a body that fails leaves the others alone and the call succeeds; the bodies keep their failures themselves.</param>
    /// <exception cref="StepFailed">A body failed. The others have stopped before their next step or wait.</exception>
    Task RunAll(IReadOnlyList<Func<Task>> bodies, int maxConcurrency, bool collects);
}

/// <summary>Stands for "no payload" or "no result" where a type is needed. Its JSON is <c>null</c>.</summary>
public readonly struct None;
