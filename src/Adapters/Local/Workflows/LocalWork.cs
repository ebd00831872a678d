using System.Text;
using Portable.Runtime;

namespace Portable.Local;

/// <summary>What a run does outside its body: it calls steps, runs other workflows and publishes events, and adds what becomes of it to its journal.</summary>
internal sealed class LocalWork(LocalWorkflowEngine engine, WorkflowDefinition workflow, LocalRun run, Action<RunEvent> append)
{
    private readonly CancellationTokenSource _abort = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _underWay = 1; // one for the run itself, until it is suspended
    private int _calls;
    private volatile bool _suspended;

    /// <summary>How much is under way: steps that have been called, events that are being published.</summary>
    public int UnderWay => Volatile.Read(ref _underWay) - 1;

    /// <summary>Does something, unless it is left to the next process.</summary>
    public void Start(Func<Task> work) => _ = TrackAsync(work);

    /// <summary>Begins nothing any more, cancels what is under way and waits for its end.</summary>
    public async Task SuspendAsync()
    {
        _suspended = true;
        await _abort.CancelAsync().ConfigureAwait(false);
        Done();
        await _idle.Task.ConfigureAwait(false);
    }

    /// <summary>Cancels what is under way; nobody waits for it.</summary>
    public void Abort() => _abort.Cancel();

    public async Task CallAsync(Operation operation, StepDefinition step, ReadOnlyMemory<byte> payload, int attempt, string? key)
    {
        StepOutcome outcome;
        try
        {
            var origin = run.Origin;
            await using var context = new InvocationContext(
                engine.App, $"{workflow.Name}-steps", $"{run.Id}-{Interlocked.Increment(ref _calls)}", attempt, traceParent: origin?.TraceParent, abort: _abort.Token, runId: run.Id,
                idempotencyKey: key, correlationId: origin?.CorrelationId);
            outcome = await StepRunner.RunAsync(step, payload, context, engine.Time).ConfigureAwait(false);
        }
        catch (Exception e) // of a service that is disposed
        {
            outcome = new StepOutcome(default, StepFailure.From(e));
        }

        if (outcome.Failure is not { } failure)
        {
            append(new RunEvent(default, RunEventKind.StepSucceeded, step.Name, attempt, Encoding.UTF8.GetString(outcome.Output.Span), Key: operation.Key));
        }
        else if (!_suspended) // what fails while the host stops may fail because of that: the next process calls it again
        {
            append(new RunEvent(default, RunEventKind.StepFailed, step.Name, attempt, Failure: failure, Key: operation.Key));
        }
    }

    public async Task PublishAsync(Operation operation, PublishedEvent published)
    {
        try
        {
            await engine.Publisher.Publish(published, _abort.Token).ConfigureAwait(false);
            append(new RunEvent(default, RunEventKind.Published, published.Type, Json: published.Json, Key: operation.Key));
        }
        catch (Exception) when (_suspended)
        {
            // Published again by the next process.
        }
        catch (Exception e)
        {
            append(new RunEvent(default, RunEventKind.PublishFailed, published.Type, Failure: StepFailure.From(e), Key: operation.Key));
        }
    }

    /// <summary>Starts another run, or finds it. It goes on by itself: this run is idle meanwhile.</summary>
    public Task RunChildAsync(Operation operation, string input)
    {
        LocalRun child;
        try
        {
            child = engine.StartOrFind(operation.Name, input, $"{run.Id}-{operation.Id}", run.Origin);
        }
        catch (ArgumentException e)
        {
            append(new RunEvent(default, RunEventKind.ChildFailed, operation.Name, Failure: new StepFailure("UnknownWorkflow", e.Message), Key: operation.Key));
            return Task.CompletedTask;
        }

        _ = child.Completion.ContinueWith(
            _ =>
            {
                if (child.Status != RunStatus.Running) // which it is when the host has stopped
                {
                    append(child.Failure is { } failure
                        ? new RunEvent(default, RunEventKind.ChildFailed, operation.Name, Failure: failure, Key: operation.Key)
                        : new RunEvent(default, RunEventKind.ChildSucceeded, operation.Name, Json: child.Output, Key: operation.Key));
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return Task.CompletedTask;
    }

    private async Task TrackAsync(Func<Task> work)
    {
        Interlocked.Increment(ref _underWay);
        if (!_suspended)
        {
            await work().ConfigureAwait(false);
        }

        Done();
    }

    private void Done()
    {
        if (Interlocked.Decrement(ref _underWay) == 0)
        {
            _idle.TrySetResult();
        }
    }
}
