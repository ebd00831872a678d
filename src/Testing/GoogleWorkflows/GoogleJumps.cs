namespace Portable.Testing.GoogleWorkflows;

/// <summary>Checks that every step that is jumped to exists where it can be reached.</summary>
internal static class GoogleJumps
{
    private static readonly string[] s_jumps = ["end", "break", "continue"];

    public static void Check(GoogleRoutine routine) => Check(routine.Steps, routine.Name, [], loop: false);

    private static void Check(IReadOnlyList<GoogleStep> steps, string place, IReadOnlyList<string> outer, bool loop)
    {
        List<string> known = [.. outer, .. steps.Select(static step => step.Name)];
        foreach (var step in steps)
        {
            Check(step, $"{place}/{step.Name}", known, loop);
        }
    }

    private static void Check(GoogleStep step, string place, IReadOnlyList<string> known, bool loop)
    {
        if (step.Next is { } next && !known.Contains(next) && !(s_jumps.Contains(next) && (next == "end" || loop)))
        {
            throw new GoogleWorkflowDefinitionException(place, $"There is no step '{next}' to go to.");
        }

        switch (step.Action)
        {
            case GoogleAction.Block block:
                Check(block.Steps, place, known, loop);
                break;
            case GoogleAction.Switch cases:
                foreach (var item in cases.Cases)
                {
                    Check(item.Body, place, known, loop);
                }

                break;
            case GoogleAction.Try attempt:
                Check(attempt.Steps, place, known, loop);
                Check(attempt.Handler ?? [], place, known, loop);
                break;
            case GoogleAction.For each:
                Check(each.Steps, place, [], loop: true);
                break;
            case GoogleAction.Parallel parallel:
                foreach (var branch in parallel.Branches)
                {
                    Check([branch], place, [], loop: false);
                }

                Check(parallel.Loop?.Steps ?? [], place, [], loop: true);
                break;
        }
    }
}
