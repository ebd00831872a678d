namespace Portable.Testing;

/// <summary>An engine that workflows are deployed to.</summary>
public enum Engine
{
    /// <summary>AWS Step Functions: the emitted state machine.</summary>
    StepFunctions,

    /// <summary>Google Cloud Workflows: the emitted definition.</summary>
    GoogleWorkflows,

    /// <summary>Azure Durable Functions: the workflow's own method, replayed; every run is checked for replaying alike.</summary>
    Durable,

    /// <summary>This process: the workflow's own method, as <c>dotnet run</c> runs it.</summary>
    Local,
}

/// <summary>A test asks for something that the application or its script does not have.</summary>
/// <param name="message">What is missing, and what to do.</param>
public sealed class SimulationSetupException(string message) : Exception(message);

/// <summary>A run was not as a test expects it.</summary>
/// <param name="message">What was expected, and what happened.</param>
public sealed class SimulationMismatchException(string message) : Exception(message);
