using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Portable.Runtime;

/// <summary>
/// The <see cref="IWorkflow"/> of engines that run the user's own method: branches and what stops them, retries, compensation and JSON.
/// An engine adds what it does about a single operation.
/// </summary>
/// <remarks>
/// One instance serves one turn of a body, from its start. Whatever is awaited here is a task of the engine, and none with
/// <c>ConfigureAwait(false)</c>: engines that replay resume the body on a scheduler of their own and would lose it elsewhere. For the same
/// reason nothing here depends on anything but the order in which the engine's tasks end.
/// </remarks>
/// <param name="workflow">The workflow.</param>
/// <param name="runId">The identifier of the run.</param>
public abstract class EngineWorkflow(WorkflowDefinition workflow, string runId) : IWorkflow
{
    private readonly AsyncLocal<FlowScope?> _current = new();
    private readonly FlowScope _root = new(null, "");

    /// <inheritdoc/>
    public string RunId => runId;

    /// <inheritdoc/>
    public abstract DateTimeOffset UtcNow { get; }

    /// <summary>The workflow.</summary>
    protected WorkflowDefinition Workflow => workflow;

    private FlowScope Scope => _current.Value ?? _root;

    /// <summary>Runs the workflow's body; undoes what it did when it fails, if the workflow says so.</summary>
    /// <exception cref="StepFailed">The run failed.</exception>
    protected async Task<ReadOnlyMemory<byte>> RunBodyAsync(ReadOnlyMemory<byte> input, IServiceProvider services)
    {
        try
        {
            return await workflow.Body(new WorkflowCall(this, input, services));
        }
        catch (StepFailed) when (workflow.CompensatesOnFailure)
        {
            await Compensate();
            throw;
        }
    }

    /// <summary>Calls a step once.</summary>
    /// <param name="operation">The operation; each call of a step is one.</param>
    /// <param name="step">The step.</param>
    /// <param name="payload">Its payload.</param>
    /// <param name="attempt">Which call this is, from 1.</param>
    /// <param name="key">What identifies the call.</param>
    protected abstract Task<StepAnswer> CallAsync(Operation operation, StepDefinition step, ReadOnlyMemory<byte> payload, int attempt, string? key);

    /// <summary>Waits until a time. The task is cancelled with the token, whatever the engine does about the wait.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="due">The time.</param>
    /// <param name="attempt">The call of a step that follows the wait; 0 for a wait of the workflow's own.</param>
    /// <param name="stopped">Ends the wait.</param>
    protected abstract Task WaitAsync(Operation operation, DateTimeOffset due, int attempt, CancellationToken stopped);

    /// <summary>Waits for an event.</summary>
    /// <returns>The payload; <see langword="null"/> when none came in time.</returns>
    protected abstract Task<ReadOnlyMemory<byte>?> ReceiveAsync(Operation operation, TimeSpan timeout, CancellationToken stopped);

    /// <summary>Runs another workflow.</summary>
    protected abstract Task<StepOutcome> RunChildAsync(Operation operation, ReadOnlyMemory<byte> input);

    /// <summary>Publishes an event.</summary>
    /// <returns>The failure; <see langword="null"/> when it is published.</returns>
    protected abstract Task<StepFailure?> PublishAsync(Operation operation, PublishedEvent published);

    /// <summary>Makes an identifier that is the same in every replay.</summary>
    protected virtual Guid NewGuid(string key) => Seeded.Guid($"{runId}/{key}");

    /// <inheritdoc/>
    public Guid NewGuid() => NewGuid(Scope.NextKey());

    /// <inheritdoc/>
    public bool IsStep(string name) => workflow.FindStep(name) is not null;

    /// <inheritdoc/>
    public async Task<TOut> RunStep<TIn, TOut>(string step, TIn input)
    {
        var scope = Enter();
        var definition = workflow.Step(step);
        var payload = Write(definition.Input, input);
        var output = await RunStepAsync(scope, definition, payload);
        if (workflow.IsSaga && definition.Compensation is { } compensation)
        {
            var undo = workflow.Step(compensation.Step);
            scope.Done.Add(new DoneStep(undo, compensation.TakesResult ? output : undo.Input is null ? StepCall.NoOutput : payload));
        }

        return Read<TOut>(definition.Output, output);
    }

    /// <inheritdoc/>
    public Task Delay(TimeSpan delay)
    {
        var scope = Enter();
        var seconds = Math.Ceiling(delay.TotalSeconds);
        return seconds > 0 ? WaitAsync(scope, scope.NextKey(), "delay", UtcNow.AddSeconds(seconds), 0) : Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Until(DateTimeOffset time)
    {
        var scope = Enter();
        return time > UtcNow ? WaitAsync(scope, scope.NextKey(), "until", time, 0) : Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<T> Event<T>(string name, TimeSpan timeout)
    {
        var scope = Enter();
        var contract = Contract<T>();
        var seconds = Math.Max(0, Math.Ceiling(timeout.TotalSeconds));
        var payload = await Unstopped(scope, ReceiveAsync(new Operation(scope.NextKey(), OperationKind.Event, name), TimeSpan.FromSeconds(seconds), scope.Stopped));
        if (payload is not { } json)
        {
            throw new StepFailed(StepFailed.TimeoutCode, $"No event '{name}' came within {seconds} s.");
        }

        try
        {
            return Read<T>(contract, json);
        }
        catch (JsonException e)
        {
            throw new StepFailed("BadInput", $"The event '{name}' is not valid JSON for {typeof(T).Name} at {e.Path ?? "$"}.", innerException: e);
        }
    }

    /// <inheritdoc/>
    public async Task Publish<T>(T @event)
    {
        var scope = Enter();
        var contract = typeof(T).GetCustomAttribute<EventContractAttribute>()
            ?? throw new InvalidOperationException($"{typeof(T).Name} has no [EventContract], so that the event has no type.");
        var operation = new Operation(scope.NextKey(), OperationKind.Publish, contract.Type);
        var published = new PublishedEvent($"{runId}-{operation.Id}", $"portable.{workflow.Name}", contract.Type, contract.Version, Encoding.UTF8.GetString(Write(Contract<T>(), @event).Span));
        if (await Unstopped(scope, PublishAsync(operation, published)) is { } failure)
        {
            throw failure.ToException();
        }
    }

    /// <inheritdoc/>
    public async Task<TOut> RunChild<TIn, TOut>(string workflow, TIn input)
    {
        var scope = Enter();
        var name = Workflow.Children.TryGetValue(workflow, out var child) ? child : workflow;
        var (inputType, outputType) = (Contract<TIn>(), Contract<TOut>());
        var outcome = await Unstopped(scope, RunChildAsync(new Operation(scope.NextKey(), OperationKind.Child, name), Write(inputType, input)));
        return outcome.Failure is { } failure ? throw failure.ToException() : Read<TOut>(outputType, outcome.Output);
    }

    /// <inheritdoc/>
    public async Task Compensate()
    {
        var scope = Enter();
        DoneStep[] done = [.. scope.Done];
        scope.Done.Clear();
        var failed = new List<string>();
        for (var i = done.Length - 1; i >= 0; i--)
        {
            try
            {
                await RunStepAsync(scope, done[i].Undo, done[i].Payload);
            }
            catch (StepFailed failure)
            {
                failed.Add($"{done[i].Undo.Name} ({failure.Code})");
            }
        }

        if (failed.Count > 0)
        {
            throw new StepFailed(StepFailed.CompensationCode, "Not undone: " + string.Join(", ", failed));
        }
    }

    /// <inheritdoc/>
    public async Task RunAll(IReadOnlyList<Func<Task>> bodies, int maxConcurrency, bool collects)
    {
        var scope = Enter();
        var key = scope.NextKey();
        using var group = new FlowGroup(scope, stopsOnFailure: !workflow.IsSaga && !collects);
        var scopes = new List<FlowScope>();
        var running = new List<Task>();
        while (scopes.Count < bodies.Count && !group.IsStopped)
        {
            if (running.Count >= maxConcurrency)
            {
                running.Remove(await Task.WhenAny(running));
                continue;
            }

            var inner = new FlowScope(group, $"{key}/{scopes.Count}");
            scopes.Add(inner);
            running.Add(RunOneAsync(bodies[scopes.Count - 1], inner, group, scopes.Count - 1));
        }

        await Task.WhenAll(running);
        foreach (var inner in scopes)
        {
            scope.Done.AddRange(inner.Done);
        }

        group.ThrowIfFailed();
        scope.ThrowIfStopped();
    }

    // The scope is set in a method of its own: what an async method sets is gone for its caller.
    private async Task RunOneAsync(Func<Task> body, FlowScope scope, FlowGroup group, int index)
    {
        _current.Value = scope;
        try
        {
            await body();
        }
        catch (FlowStopped)
        {
            // It stopped because of another one, whose failure is known.
        }
        catch (Exception e)
        {
            group.Failed(index, e);
        }
    }

    private async Task<ReadOnlyMemory<byte>> RunStepAsync(FlowScope scope, StepDefinition step, ReadOnlyMemory<byte> payload)
    {
        var first = scope.NextKey();
        var idempotencyKey = IdempotencyKey.Of(step, payload);
        var attempt = 1;
        for (var calls = 1; ; calls++)
        {
            var operation = new Operation(calls == 1 ? first : $"{first}+{calls}", OperationKind.Step, step.Name);
            var answer = await Unstopped(scope, CallAsync(operation, step, payload, attempt, idempotencyKey));
            if (answer.Outcome.Failure is not { } failure)
            {
                return answer.Outcome.Output;
            }

            if (!step.Retry.Allows(failure.Code, answer.Attempt))
            {
                throw failure.ToException();
            }

            attempt = answer.Attempt + 1;
            var delay = step.Retry.DelayAfter(answer.Attempt, $"{runId}/{operation.Key}");
            await WaitAsync(scope, $"{first}+{calls}.wait", step.Name, UtcNow + delay, attempt);
        }
    }

    private async Task WaitAsync(FlowScope scope, string key, string name, DateTimeOffset due, int attempt) =>
        await Unstopped(scope, Resulting(WaitAsync(new Operation(key, OperationKind.Wait, name), due, attempt, scope.Stopped)));

    private static async Task<bool> Resulting(Task wait)
    {
        await wait;
        return true;
    }

    /// <summary>The result of a task of the engine, unless the scope must stop: then nothing of it is seen any more.</summary>
    private static async Task<T> Unstopped<T>(FlowScope scope, Task<T> task)
    {
        try
        {
            var result = await task;
            scope.ThrowIfStopped();
            return result;
        }
        catch (Exception e) when (e is not FlowStopped && scope.IsStopped)
        {
            throw new FlowStopped();
        }
    }

    private FlowScope Enter()
    {
        var scope = Scope;
        scope.ThrowIfStopped();
        return scope;
    }

    private JsonTypeInfo<T>? Contract<T>() => typeof(T) == typeof(None) ? null : workflow.Contract<T>()
        ?? throw new InvalidOperationException($"The workflow '{workflow.Name}' has no JSON contract for {typeof(T).Name}.");

    private static ReadOnlyMemory<byte> Write<T>(JsonTypeInfo? type, T value) => type switch
    {
        null => StepCall.NoOutput,
        JsonTypeInfo<T> exact => JsonSerializer.SerializeToUtf8Bytes(value, exact),
        _ => JsonSerializer.SerializeToUtf8Bytes(value, type),
    };

    private static T Read<T>(JsonTypeInfo? type, ReadOnlyMemory<byte> json) => type switch
    {
        null => default!,
        JsonTypeInfo<T> exact => JsonSerializer.Deserialize(json.Span, exact)!,
        _ => (T)JsonSerializer.Deserialize(json.Span, type)!,
    };
}

/// <summary>What became of one call of a step.</summary>
/// <param name="Outcome">The result or the failure.</param>
/// <param name="Attempt">Which call it was: more than what was asked for when calls were lost with a process.</param>
public readonly record struct StepAnswer(StepOutcome Outcome, int Attempt);
