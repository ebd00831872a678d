namespace Portable.Workflows.Tests.Differential;

/// <summary>Every feature is among those that the suite runs, and is generated.</summary>
public sealed class FeatureTests
{
    private const int Programs = 400;

    private static readonly Lazy<IReadOnlyList<RandomProgram>> s_programs = new(static () =>
        [.. Enumerable.Range(0, Programs).Select(static i => ProgramGenerator.Create($"f{i}", i, Features.All))]);

    private static readonly Lazy<IReadOnlyList<string>> s_sources = new(static () => [.. s_programs.Value.Select(static program => program.Source())]);

    [Fact]
    public void All_names_every_feature()
    {
        Assert.Equal(Features.All, Enum.GetValues<Features>().Aggregate(Features.None, static (all, one) => all | one));
        Assert.All(Enum.GetNames<Features>(), static name => Assert.True(
            System.Numerics.BitOperations.PopCount((ulong)Enum.Parse<Features>(name)) != 1 || name == nameof(Features.Missing) || Texts.Any(text => ((Features)text.Data.Item1).ToString() == name), name));
    }

    /// <summary>What a feature looks like.</summary>
    public static TheoryData<long, string> Texts => new()
    {
        { (long)Features.Try, "catch (StepFailed " },
        { (long)Features.Retry, "On = [\"Busy\"" },
        { (long)Features.Reassign, "\n            v2 = " },
        { (long)Features.Loops, "foreach (var x" },
        { (long)Features.Loops, "while (" },
        { (long)Features.Jumps, "continue;" },
        { (long)Features.Switch, "switch (" },
        { (long)Features.When, ") when (" },
        { (long)Features.Finally, "finally" },
        { (long)Features.Throw, "throw new StepFailed(" },
        { (long)Features.Throw, "throw;" },
        { (long)Features.Conditional, " ?? " },
        { (long)Features.Arithmetic, "--;" },
        { (long)Features.Interpolation, "$\"n=" },
        { (long)Features.Lists, "[.. " },
        { (long)Features.With, " with { " },
        { (long)Features.Parallel, "flow.Parallel(" },
        { (long)Features.Map, "flow.Map(" },
        { (long)Features.TryMap, "flow.TryMap(" },
        { (long)Features.Bodies, "flow.Branch(async () =>\n" },
        { (long)Features.Delay, "flow.Delay(" },
        { (long)Features.Event, "flow.Event<Item>(" },
        { (long)Features.Child, "flow.Child(_child" },
        { (long)Features.Child, "flow.Child<Order, Report>(Child" },
        { (long)Features.Saga, "flow.Compensate()" },
        { (long)Features.Saga, "CompensateOnFailure = true" },
        { (long)Features.Lifted, "Math.Max(" },
        { (long)Features.Defects, "input.Numbers[2]" },
        { (long)Features.Timeout, "TimeoutSeconds = 3" },
        { (long)Features.Publish, "flow.Publish(new PlaceLeft(" },
        { (long)Features.Given, "flow.NewGuid()" },
        { (long)Features.Given, "flow.Until(" },
        { (long)Features.Given, "flow.RunId" },
        { (long)Features.Keys, "Idempotent(nameof(" },
        { (long)Features.Shapes, "case Kind.Gift:" },
        { (long)Features.Shapes, " { Size.Large => " },
        { (long)Features.Functions, "\n        async Task Fn" },
        { (long)Features.Functions, "    private async Task<int> Fn" },
        { (long)Features.Functions, "    private static int Pure" },
        { (long)Features.Functions, "flow.Branch(() => Fn" },
        { (long)Features.Functions, " == await Fn" },
        { (long)Features.Filters, ".Code.Substring(" },
        { (long)Features.Filters, ".FailureData!.Length" },
        { (long)Features.Outs, ", out var n" },
        { (long)Features.Outs, ", out n" },
        { (long)Features.Tuples, "foreach (var (" },
        { (long)Features.Tuples, ".ToDictionary(" },
        { (long)Features.Tuples, ".Left = " },
        { (long)Features.Patterns, " is [" },
        { (long)Features.Patterns, " switch { [] => " },
        { (long)Features.Patterns, " switch { (0, _) => " },
        { (long)Features.Patterns, "case (" },
        { (long)Features.Kept, "StepFailed? " },
        { (long)Features.Spans, "Task<TimeSpan> S" },
        { (long)Features.Spans, ".Wait);" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_feature_is_generated(long feature, string text)
    {
        Assert.Contains(s_sources.Value, source => source.Contains(text, StringComparison.Ordinal));
        Assert.DoesNotContain( // when the feature is off: so it is the feature's
            Enumerable.Range(0, Programs / 4).Select(i => ProgramGenerator.Create($"f{i}", i, Features.All & ~(Features)feature).Source()),
            source => source.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void Events_come_early_late_and_never()
    {
        var waiting = s_programs.Value.Where(static program => program.UsedEvents().Any()).SelectMany(static program => Enumerable.Range(0, 10).Select(i => Situation.Create(i, program, Features.All))).ToList();
        Assert.Contains(waiting, static situation => situation.Events.IsEmpty);
        Assert.Contains(waiting, static situation => situation.Events.Any(static raised => raised.At == TimeSpan.Zero));
        Assert.Contains(waiting, static situation => situation.Events.Any(static raised => raised.At > TimeSpan.FromSeconds(20)));
        Assert.Contains(waiting, static situation => situation.LacksMembers);
        Assert.Contains(waiting, static situation => !situation.LacksMembers);
    }
}
