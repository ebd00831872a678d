using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Portable.Runtime;

namespace Portable.Local;

/// <summary>
/// Runs workflows in this process: the user's own method, its steps, their retry policies and timeouts. Runs live in memory and end with
/// the process.
/// </summary>
/// <param name="app">The application.</param>
/// <param name="time">The clock of retries and timeouts; the application's when <see langword="null"/>.</param>
/// <param name="stopping">Cancels the runs that are still going on.</param>
public sealed class LocalWorkflowEngine(PortableApp app, TimeProvider? time = null, CancellationToken stopping = default)
{
    private readonly TimeProvider _time = time ?? app.Time;
    private readonly ConcurrentDictionary<string, LocalRun> _runs = new(StringComparer.Ordinal);
    private readonly object _startGate = new();
    private readonly List<LocalRun> _ordered = [];

    /// <summary>The workflows of the application.</summary>
    public IReadOnlyList<WorkflowDefinition> Workflows => app.Workflows;

    /// <summary>Every run, the oldest first.</summary>
    public IReadOnlyList<LocalRun> Runs
    {
        get
        {
            lock (_startGate)
            {
                return [.. _ordered];
            }
        }
    }

    /// <summary>Starts a run.</summary>
    /// <param name="workflow">The name of the workflow.</param>
    /// <param name="inputJson">The input as JSON.</param>
    /// <param name="runId">The identifier of the run; a new one when <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">There is no such workflow, or the identifier is taken; the message says which.</exception>
    public LocalRun Start(string workflow, string inputJson, string? runId = null)
    {
        var definition = app.Workflows.FirstOrDefault(candidate => candidate.Name == workflow)
            ?? throw new ArgumentException($"There is no workflow '{workflow}'; there is {Names.List(app.Workflows.Select(candidate => candidate.Name))}.", nameof(workflow));
        var run = new LocalRun(runId ?? Guid.NewGuid().ToString("n"), workflow, _time);
        if (!_runs.TryAdd(run.Id, run))
        {
            throw new ArgumentException($"There is a run '{run.Id}' already.", nameof(runId));
        }

        lock (_startGate)
        {
            _ordered.Add(run);
        }

        var input = Encoding.UTF8.GetBytes(inputJson);
        run.Record(RunEventKind.Started, json: input);
        run.Completion = Task.Run(() => RunAsync(definition, run, input), CancellationToken.None);
        return run;
    }

    /// <summary>The run of that identifier; <see langword="null"/> when there is none.</summary>
    public LocalRun? Find(string runId) => _runs.GetValueOrDefault(runId);

    private async Task RunAsync(WorkflowDefinition workflow, LocalRun run, ReadOnlyMemory<byte> input)
    {
        using var timeout = workflow.TimeoutSeconds > 0 ? new CancellationTokenSource(TimeSpan.FromSeconds(workflow.TimeoutSeconds), _time) : null;
        using var linked = timeout is null ? null : CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
        var cancellation = linked?.Token ?? stopping;
        try
        {
            await using var scope = app.Services.CreateAsyncScope();
            var flow = new LocalWorkflow(app, _time, workflow, run, cancellation);
            var output = await workflow.Body(new WorkflowCall(flow, input, scope.ServiceProvider)).WaitAsync(cancellation).ConfigureAwait(false);
            run.Succeed(output);
        }
        catch (OperationCanceledException) when (timeout?.IsCancellationRequested == true)
        {
            run.Fail(new StepFailure(StepFailed.TimeoutCode, $"The run took longer than {workflow.TimeoutSeconds} s."));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            run.Fail(new StepFailure("Stopped", "The host stopped before the run had ended."));
        }
        catch (Exception e)
        {
            run.Fail(StepFailure.From(e));
        }
    }
}
