namespace Portable.Testing;

/// <summary>A run went on for longer than the simulation allows, most likely for ever.</summary>
/// <param name="message">Which limit.</param>
public sealed class SimulationLimitException(string message) : Exception(message);
