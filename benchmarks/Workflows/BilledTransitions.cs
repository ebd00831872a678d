using Portable.Generator.Workflows.Asl;
using Portable.Workflows.Tests.Asl;
using Portable.Workflows.Tests.References;
using static Portable.Benchmarks.Workflows.Figures;

namespace Portable.Benchmarks.Workflows;

/// <summary>What Step Functions would bill for the reference workflows, beside machines of the same algorithm written by hand. It is counted, not timed.</summary>
internal static class BilledTransitions
{
    public static Task RunAsync(bool quick)
    {
        Console.WriteLine("transitions: runs of the reference workflows, ours and by hand");
        var (allOurs, allByHand) = (0, 0);
        foreach (var workflow in ReferenceWorkflows.Names.Select(static row => row.Data))
        {
            var emitted = AslEmitter.Emit(ReferenceWorkflows.Model(workflow))!;
            var written = HandWritten.Reference(workflow);
            var (ours, byHand) = (0, 0);
            foreach (var (input, script) in ReferenceRuns.Of(workflow))
            {
                ours += AslWorld.Run(emitted, input, script).BilledTransitions;
                byHand += AslWorld.Run(written, input, script).BilledTransitions;
            }

            Print($"workflows.transitions.{workflow}", ours, $"of {byHand} by hand");
            (allOurs, allByHand) = (allOurs + ours, allByHand + byHand);
        }

        Print("workflows.transitions.ratio", (double)allOurs / allByHand, "x of by hand");
        return Task.CompletedTask;
    }
}
