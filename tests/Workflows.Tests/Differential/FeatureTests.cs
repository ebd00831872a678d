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
            System.Numerics.BitOperations.PopCount((uint)Enum.Parse<Features>(name)) != 1 || name == nameof(Features.Missing) || Texts.Any(text => ((Features)text.Data.Item1).ToString() == name), name));
    }

    /// <summary>What a feature looks like.</summary>
    public static TheoryData<int, string> Texts => new()
    {
        { (int)Features.Try, "catch (StepFailed " },
        { (int)Features.Retry, "On = [\"Busy\"" },
        { (int)Features.Reassign, "\n        v3 = " },
        { (int)Features.Loops, "foreach (var x" },
        { (int)Features.Loops, "while (" },
        { (int)Features.Jumps, "continue;" },
        { (int)Features.Switch, "switch (" },
        { (int)Features.When, ") when (" },
        { (int)Features.Finally, "finally" },
        { (int)Features.Throw, "throw new StepFailed(" },
        { (int)Features.Throw, "throw;" },
        { (int)Features.Conditional, " ?? " },
        { (int)Features.Arithmetic, " += " },
        { (int)Features.Interpolation, "$\"n=" },
        { (int)Features.Lists, "[.. " },
        { (int)Features.With, " with { " },
        { (int)Features.Parallel, "flow.Parallel(" },
        { (int)Features.Map, "flow.Map(" },
        { (int)Features.TryMap, "flow.TryMap(" },
        { (int)Features.Bodies, "flow.Branch(async () =>" },
        { (int)Features.Delay, "flow.Delay(" },
        { (int)Features.Event, "flow.Event<Item>(" },
        { (int)Features.Child, "flow.Child(_child" },
        { (int)Features.Child, "flow.Child<Order, Report>(Child" },
        { (int)Features.Saga, "flow.Compensate()" },
        { (int)Features.Saga, "CompensateOnFailure = true" },
        { (int)Features.Lifted, ".Length" },
        { (int)Features.Defects, "input.Numbers[2]" },
        { (int)Features.Timeout, "TimeoutSeconds = 3" },
        { (int)Features.Publish, "flow.Publish(new PlaceLeft(" },
        { (int)Features.Given, "flow.NewGuid()" },
        { (int)Features.Given, "flow.Until(" },
        { (int)Features.Given, "flow.RunId" },
        { (int)Features.Keys, "Idempotent(nameof(" },
        { (int)Features.Shapes, "case Kind.Gift:" },
        { (int)Features.Shapes, " { Size.Large => " },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_feature_is_generated(int feature, string text)
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
