using System.Text.Json;
using Portable.Runtime;

namespace Portable.Azure;

/// <summary>
/// What an engine that replays gives a workflow in one turn. Emitted code connects it to the engine's own type. Its tasks are the engine's:
/// they end on the engine's thread, in the order of its history.
/// </summary>
public interface IReplayContext
{
    /// <summary>The engine's identifier of the run.</summary>
    string RunId { get; }

    /// <summary>The engine's time, the same in every replay.</summary>
    DateTime UtcNow { get; }

    /// <summary>An identifier that is the same in every replay.</summary>
    Guid NewGuid();

    /// <summary>Calls an activity once.</summary>
    Task<JsonElement> CallActivity(string name, JsonElement input);

    /// <summary>Waits until a time, or until cancelled.</summary>
    Task WaitUntil(DateTime due, CancellationToken cancellation);

    /// <summary>Takes the next event of this name.</summary>
    Task<JsonElement> WaitForEvent(string name);

    /// <summary>Runs another workflow.</summary>
    Task<JsonElement> RunChild(string workflow, string runId, JsonElement input);

    /// <summary>The failure of a step or another workflow that an exception of the engine stands for; <see langword="null"/> for any other exception.</summary>
    StepFailure? FailureOf(Exception exception);
}
