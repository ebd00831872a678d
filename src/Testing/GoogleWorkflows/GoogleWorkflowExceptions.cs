namespace Portable.Testing.GoogleWorkflows;

/// <summary>A definition cannot be run, or would be refused when it is deployed.</summary>
/// <param name="place">Where: subworkflow and step, or the line.</param>
/// <param name="message">What is wrong.</param>
public sealed class GoogleWorkflowDefinitionException(string place, string message) : Exception($"{place}: {message}")
{
    /// <summary>Where: subworkflow and step, or the line.</summary>
    public string Place { get; } = place;
}

/// <summary>
/// The run needs something whose behaviour is not simulated: a connector, a function, or an operation whose result on the real engine is not
/// documented. A definition that avoids it behaves the same everywhere.
/// </summary>
/// <param name="what">What is not simulated.</param>
public sealed class GoogleNotSimulatedException(string what) : Exception($"Not simulated: {what}");
