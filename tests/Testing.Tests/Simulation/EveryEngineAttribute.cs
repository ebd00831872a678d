using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Portable.Testing.Tests.Simulation;

/// <summary>
/// Runs a theory on every engine, and says which feature that proves: the README's table of engines is made of these, so no cell of it stands without a
/// test that runs on that engine.
/// </summary>
/// <param name="feature">A row of the table.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryEngineAttribute(string feature) : DataAttribute
{
    public string Feature { get; } = feature;

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Enum.GetValues<Engine>().Select(static engine => new TheoryDataRow<Engine>(engine))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
