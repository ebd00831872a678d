using Portable.Runtime;

namespace Portable.Testing;

/// <summary>
/// Runs a workflow as an engine runs it: the definition or code that was emitted into the application's assembly, in memory, with skipped time, with
/// steps, events and other workflows answered by a script. No cloud, no vendor package and no test framework is needed.
/// </summary>
/// <example>
/// <code>
/// var simulator = WorkflowSimulator.For&lt;OrderWorkflow&gt;(Engine.StepFunctions);
/// simulator.Step("Price").Returns(new Quote("o-1", 1200));
/// simulator.Step("Charge").Fails("PaymentTimeout", times: 2).Returns(new Charged("p-1"));
/// var result = await simulator.RunAsync(order);
/// Assert.Equal("shipped", result.Output&lt;Receipt&gt;().Status);
/// result.AssertCalls("Price", "Charge", "Charge", "Charge");
/// </code>
/// </example>
public sealed class WorkflowSimulator
{
    private readonly SimulatedApplication _application;
    private readonly WorkflowDefinition _workflow;
    private readonly SimulationScript _script;
    private readonly List<ScriptedEvent> _events = [];
    private Action<IPortableBuilder>? _configure;
    private bool _runsSteps;

    private WorkflowSimulator(SimulatedApplication application, string workflow, Engine engine)
    {
        (_application, _workflow, Engine) = (application, application.Workflow(workflow), engine);
        _script = new SimulationScript(application);
    }

    /// <summary>The engine.</summary>
    public Engine Engine { get; }

    /// <summary>When runs start; the start of 2026 unless said otherwise.</summary>
    public DateTimeOffset StartTime { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The identifier of runs.</summary>
    public string RunId { get; set; } = "run-1";

    /// <summary>A simulator for the workflow of a class.</summary>
    /// <typeparam name="T">The class that has the method with <see cref="WorkflowAttribute"/>.</typeparam>
    /// <param name="engine">The engine.</param>
    /// <param name="workflow">The workflow's name, for a class that has several.</param>
    /// <exception cref="SimulationSetupException">The class's assembly is no Portable application, or the class has no such workflow.</exception>
    public static WorkflowSimulator For<T>(Engine engine, string? workflow = null) => For(typeof(T), engine, workflow);

    /// <inheritdoc cref="For{T}(Engine, string)"/>
    /// <param name="type">The class that has the method; static classes cannot be type arguments.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="workflow">The workflow's name, for a class that has several.</param>
    public static WorkflowSimulator For(Type type, Engine engine, string? workflow = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new WorkflowSimulator(SimulatedApplication.Of(type.Assembly), workflow ?? SimulatedApplication.WorkflowOf(type), engine);
    }

    /// <summary>The script of a step of the workflow, or of one that it runs.</summary>
    /// <param name="name">The step's name: that of its method.</param>
    /// <exception cref="SimulationSetupException">There is no such step.</exception>
    public StepSetup Step(string name)
    {
        if (_script.Steps.TryGetValue(name, out var setup))
        {
            return setup;
        }

        var family = _application.Family(_workflow.Name);
        var step = family.Select(workflow => workflow.FindStep(name)).FirstOrDefault(static found => found is not null)
            ?? throw new SimulationSetupException($"The workflow '{_workflow.Name}' has no step '{name}'; it has {string.Join(", ", family.SelectMany(static workflow => workflow.Steps).Select(static known => known.Name).Distinct())}.");
        return _script.Steps[name] = new StepSetup($"the step '{name}'", step.Input, step.Output);
    }

    /// <summary>The script of another workflow that this one runs; without one the other workflow runs as it is, on the same engine.</summary>
    /// <param name="workflow">The other workflow's name.</param>
    /// <exception cref="SimulationSetupException">There is no such workflow.</exception>
    public StepSetup Child(string workflow)
    {
        if (_script.Children.TryGetValue(workflow, out var setup))
        {
            return setup;
        }

        var child = _application.Workflow(workflow);
        return _script.Children[workflow] = new StepSetup($"the workflow '{workflow}'", child.Input, child.Output);
    }

    /// <summary>Raises an event to the run. One that comes before it is waited for is kept.</summary>
    /// <param name="name">The event's name.</param>
    /// <param name="payload">The payload, written with the JSON contract that the application uses for its type.</param>
    /// <param name="at">When, since the run started.</param>
    public WorkflowSimulator Event(string name, object? payload, TimeSpan at = default)
    {
        var contract = payload is null ? null : _application.App.Workflows.SelectMany(static workflow => workflow.Payloads).FirstOrDefault(known => known.Type == payload.GetType());
        return EventJson(name, Contracts.Write(payload, contract, $"the payload of '{name}'"), at);
    }

    /// <inheritdoc cref="Event(string, object, TimeSpan)"/>
    /// <param name="name">The event's name.</param>
    /// <param name="payloadJson">The payload as JSON text.</param>
    /// <param name="at">When, since the run started.</param>
    public WorkflowSimulator EventJson(string name, string payloadJson, TimeSpan at = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        _events.Add(new ScriptedEvent(name, payloadJson, at));
        return this;
    }

    /// <summary>Lets steps that the script does not answer run for real, with the application's own services.</summary>
    /// <param name="configure">Replaces services, as the application's startup class adds them.</param>
    public WorkflowSimulator WithApp(Action<IPortableBuilder>? configure = null)
    {
        _runsSteps = true;
        return WithServices(configure);
    }

    /// <summary>Replaces services that the workflow's own class needs where its method is run, on Durable and locally.</summary>
    /// <param name="configure">Replaces services, as the application's startup class adds them.</param>
    public WorkflowSimulator WithServices(Action<IPortableBuilder>? configure)
    {
        _configure += configure;
        return this;
    }

    /// <summary>Runs the workflow once. Faults and answers of the script start anew with each run.</summary>
    /// <param name="input">The input, written with the JSON contract that the application uses.</param>
    /// <param name="cancellationToken">Ends the simulation.</param>
    /// <exception cref="SimulationSetupException">The run needs something that is neither scripted nor there; the message says what.</exception>
    /// <exception cref="SimulationLimitException">The run goes on or waits for ever.</exception>
    /// <exception cref="Durable.NonDeterminismException">On Durable: a replay decided otherwise.</exception>
    public Task<WorkflowResult> RunAsync(object? input = null, CancellationToken cancellationToken = default) =>
        RunJsonAsync(Contracts.Write(input, _workflow.Input, $"the input of '{_workflow.Name}'"), cancellationToken);

    /// <inheritdoc cref="RunAsync(object, CancellationToken)"/>
    /// <param name="inputJson">The input as JSON text.</param>
    /// <param name="cancellationToken">Ends the simulation.</param>
    public async Task<WorkflowResult> RunJsonAsync(string inputJson, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputJson);
        await using var app = _application.App.With(_configure);
        _script.Reset();
        _script.App = _runsSteps ? app : null;
        var run = new EngineRun(_application, _workflow.Name, _script, inputJson, RunId, StartTime, [.. _events]);
        var result = Engine switch
        {
            Engine.StepFunctions => await StepFunctionsEngine.RunAsync(run, _application.IsExpress(_workflow.Name), cancellationToken).ConfigureAwait(false),
            Engine.GoogleWorkflows => await GoogleWorkflowsEngine.RunAsync(run, cancellationToken).ConfigureAwait(false),
            Engine.Durable => await DurableEngine.RunAsync(run, app, cancellationToken).ConfigureAwait(false),
            _ => await LocalEngine.RunAsync(run, app, cancellationToken).ConfigureAwait(false),
        };
        return new WorkflowResult(Engine, _workflow, _application, result);
    }
}
