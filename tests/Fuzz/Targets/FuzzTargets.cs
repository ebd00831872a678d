using Portable.Fuzz.Targets;

namespace Portable.Fuzz;

/// <summary>
/// Every target. To add one: fixtures in tests/Fixtures/events, a function in <see cref="FuzzApplication"/> if its trigger has none yet, a line in the list of
/// its cloud.
/// </summary>
public static class FuzzTargets
{
    /// <summary>Every target, by cloud.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } = [.. AwsTargets.All, .. GcpTargets.All, .. AzureTargets.All, .. CoreTargets.All];
}
