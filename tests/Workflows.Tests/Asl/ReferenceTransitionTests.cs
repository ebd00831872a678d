using Portable.Generator.Workflows.Asl;
using Portable.Workflows.Tests.References;

namespace Portable.Workflows.Tests.Asl;

/// <summary>
/// The workflows of <c>samples/Workflows</c>, compiled from their source, bill no more state transitions than machines of the same
/// algorithm that a careful person wrote (<c>HandWritten/*.json</c>): when they succeed, and when they fail.
/// </summary>
public sealed class ReferenceTransitionTests(AslOracle oracle) : IClassFixture<AslOracle>
{
    public static TheoryData<string> Names => ReferenceWorkflows.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void No_more_transitions_than_by_hand(string workflow) =>
        Transitions.NoMoreThan(HandWritten.Reference(workflow), AslEmitter.Emit(ReferenceWorkflows.Model(workflow))!, oracle, sameFailure: true, ReferenceRuns.Of(workflow));
}
