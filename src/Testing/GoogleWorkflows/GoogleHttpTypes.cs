using Portable.Runtime;

namespace Portable.Testing.GoogleWorkflows;

/// <summary>Answers the HTTP calls of a workflow.</summary>
public delegate ValueTask<GoogleHttpReply> GoogleHttpHandler(GoogleHttpRequest request, CancellationToken cancellationToken);

/// <summary>An HTTP call to answer.</summary>
/// <param name="Step">The name of the step that calls.</param>
/// <param name="Method">Upper case.</param>
/// <param name="Url">The address as given.</param>
/// <param name="Body">The body as sent, or <see langword="null"/>: JSON text for a map, list, number or boolean, a string as it is.</param>
/// <param name="Headers">The headers given, as a JSON object.</param>
/// <param name="Query">The query given, as a JSON object, or <see langword="null"/>.</param>
/// <param name="Auth">The authentication given, as a JSON object such as <c>{"type": "OIDC"}</c>, or <see langword="null"/>.</param>
/// <param name="TimeoutSeconds">How long the engine waits; 300 when the call does not say.</param>
public sealed record GoogleHttpRequest(string Step, string Method, string Url, string? Body, string Headers, string? Query, string? Auth, double TimeoutSeconds)
{
    /// <summary>The callbacks of the run that calls, and the events of its world.</summary>
    public GoogleCallbacks Callbacks { get; init; } = null!;

    /// <summary>The identifier of the workflow that calls.</summary>
    public string Workflow { get; init; } = "";
}

/// <summary>The answer to an HTTP call.</summary>
public sealed record GoogleHttpReply
{
    /// <summary>The status; 0 when there is no connection.</summary>
    public int Code { get; private init; }

    /// <summary>The body as text, or <see langword="null"/>.</summary>
    public string? Body { get; private init; }

    /// <summary>The content type; a JSON body is parsed for the workflow.</summary>
    public string ContentType { get; private init; } = "application/json";

    /// <summary>How much virtual time the call takes. More than the request's timeout makes it fail with <c>TimeoutError</c>.</summary>
    public TimeSpan Duration { get; private init; }

    /// <summary>Why there is no connection, or <see langword="null"/>.</summary>
    public string? Refused { get; private init; }

    internal (string Name, string Input, int Attempt, string? Output, StepFailure? Failure, string? Key)? Call { get; init; }

    /// <summary>Whether the call is recorded; one that only says where an event is to go is not.</summary>
    internal bool IsCall { get; init; } = true;

    /// <summary>The server answers. A status of 400 or more, or below 200, is raised as an error.</summary>
    public static GoogleHttpReply Response(int code, string? body, string contentType = "application/json", TimeSpan duration = default) =>
        new() { Code = code, Body = body, ContentType = contentType, Duration = duration };

    /// <summary>No server can be reached: <c>ConnectionError</c>.</summary>
    public static GoogleHttpReply ConnectionError(string message) => new() { Refused = message };
}

/// <summary>The world outside a run.</summary>
public sealed record GoogleWorkflowOptions
{
    /// <summary>What <c>sys.get_env</c> finds, beside what the engine itself sets from the other options.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The execution's identifier.</summary>
    public string ExecutionId { get; init; } = "run-1";

    /// <summary>The workflow's identifier.</summary>
    public string WorkflowId { get; init; } = "workflow";

    /// <summary>The project.</summary>
    public string ProjectId { get; init; } = "project";

    /// <summary>The location.</summary>
    public string Location { get; init; } = "us-central1";

    /// <summary>Events from outside; see <see cref="GoogleCallbacks.PostEvent"/>.</summary>
    public IReadOnlyList<ScriptedEvent> Events { get; init; } = [];

    /// <summary>The workflows that the connector of executions runs, by identifier.</summary>
    public IReadOnlyDictionary<string, GoogleWorkflowSimulator> Children { get; init; } = new Dictionary<string, GoogleWorkflowSimulator>();

    /// <summary>Answers executions of workflows that are not among <see cref="Children"/>; <see cref="StepInvocation.Step"/> is the identifier.</summary>
    public StepHandlerDelegate? ChildHandler { get; init; }

    /// <summary>When the run starts.</summary>
    public DateTimeOffset StartTime { get; init; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>After how many steps the simulation gives up with a <see cref="SimulationLimitException"/>; the engine's own limit by default.</summary>
    public int MaxSteps { get; init; } = 100_000;
}
