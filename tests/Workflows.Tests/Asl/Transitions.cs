using Portable.Testing;

namespace Portable.Workflows.Tests.Asl;

/// <summary>Compares what machines cost.</summary>
internal static class Transitions
{
    /// <summary>Both machines come to the same end by the same calls, and the emitted one goes through no more states than the other.</summary>
    /// <param name="written">The machine that a person wrote.</param>
    /// <param name="emitted">Ours.</param>
    /// <param name="oracle">Checks both.</param>
    /// <param name="sameFailure">Whether that person says what failed as we do, and not only with which code.</param>
    /// <param name="runs">Inputs and answers.</param>
    public static void NoMoreThan(string written, string emitted, AslOracle oracle, bool sameFailure, params IEnumerable<(string Input, StepScript Script)> runs)
    {
        oracle.Check(emitted);
        oracle.Check(written);
        foreach (var (input, script) in runs)
        {
            var ours = AslWorld.Run(emitted, input, script);
            var theirs = AslWorld.Run(written, input, script);
            Assert.Equal(theirs.Output, ours.Output);
            Assert.Equal(theirs.Error?.Code, ours.Error?.Code);
            Assert.Equal(sameFailure ? theirs.Error?.Failure : null, sameFailure ? ours.Error?.Failure : null);
            Assert.Equal(theirs.Calls.Select(call => (call.Name, call.Input)), ours.Calls.Select(call => (call.Name, call.Input)));
            Assert.True(ours.BilledTransitions <= theirs.BilledTransitions, $"{input}: {ours.BilledTransitions} transitions, by hand {theirs.BilledTransitions}\n{emitted}");
        }
    }
}
