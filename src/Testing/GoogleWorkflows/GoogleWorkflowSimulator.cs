namespace Portable.Testing.GoogleWorkflows;

/// <summary>
/// Runs a Google Cloud Workflows definition in memory with skipped time: main and subworkflows, <c>assign</c>, <c>call</c> (HTTP,
/// sleeping, callbacks, subworkflows, the connectors that publish to Pub/Sub and run workflows), <c>switch</c>, <c>for</c>, <c>parallel</c>,
/// <c>try</c>/<c>retry</c>/<c>except</c>, <c>raise</c>, <c>return</c>, <c>next</c>, expressions with most of the library, and the service's limits. Other
/// connectors and whatever the documentation leaves open end in a <see cref="GoogleNotSimulatedException"/>.
/// </summary>
public sealed class GoogleWorkflowSimulator
{
    private readonly IReadOnlyDictionary<string, GoogleRoutine> _routines;

    private GoogleWorkflowSimulator(IReadOnlyDictionary<string, GoogleRoutine> routines, IReadOnlyList<string> expressions) =>
        (_routines, Expressions) = (routines, expressions);

    internal IReadOnlyDictionary<string, GoogleRoutine> Routines => _routines;

    /// <summary>Every expression of the definition, without <c>${</c> and <c>}</c>.</summary>
    public IReadOnlyList<string> Expressions { get; }

    /// <summary>Reads a definition.</summary>
    /// <param name="yaml">The definition as YAML or JSON text.</param>
    /// <exception cref="GoogleWorkflowDefinitionException">The definition cannot be run; the message says where and why.</exception>
    public static GoogleWorkflowSimulator Parse(string yaml)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        var reader = new GoogleReader();
        return new GoogleWorkflowSimulator(reader.Read(yaml), reader.Expressions);
    }

    /// <summary>Runs the workflow once.</summary>
    /// <param name="argumentJson">The runtime argument as JSON text, or <see langword="null"/>.</param>
    /// <param name="http">Answers the HTTP calls.</param>
    /// <param name="options">The world outside the run.</param>
    /// <param name="cancellationToken">Passed to <paramref name="http"/>.</param>
    /// <exception cref="GoogleNotSimulatedException">The run needs something that is not simulated.</exception>
    /// <exception cref="SimulationLimitException">The run goes through more steps than the options allow.</exception>
    public async ValueTask<SimulationResult> RunAsync(string? argumentJson, GoogleHttpHandler http, GoogleWorkflowOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(http);
        options ??= new GoogleWorkflowOptions();
        return await new GoogleRun(_routines, options, new GoogleWorld(http, options, cancellationToken)).ExecuteAsync(argumentJson).ConfigureAwait(false);
    }
}
