using Workflows.Media;

namespace Workflows.Tests;

/// <summary>A model that is sure, one that is not, one that is not there, and a person who is or is not.</summary>
public sealed class DocumentPipelineTests
{
    private static readonly Document s_document = new("D-1", "d.pdf");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static WorkflowSimulator Simulator(Engine engine)
    {
        var simulator = WorkflowSimulator.For<DocumentPipeline>(engine);
        simulator.Step("ReadText").Returns(new Scan("D-1", "text"));
        simulator.Step("AskReviewer").Returns();
        simulator.Step("File").Returns();
        return simulator;
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_model_that_is_sure_needs_nobody(Engine engine)
    {
        var simulator = Simulator(engine);
        simulator.Step("Classify").Returns(new Classified("invoice", 90));

        var result = await simulator.RunAsync(s_document, Stop);

        Assert.Equal(new Filed("D-1", "invoice", "model"), result.Output<Filed>());
        result.AssertCalls("ReadText", "Classify", "File");
        Assert.Equal(new Filing("D-1", "invoice"), result.CallsOf("File")[0].Input<Filing>());
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_person_decides_what_the_model_is_not_sure_of(Engine engine)
    {
        var simulator = Simulator(engine).Event("review", new Review("complaint", "Grace"), at: TimeSpan.FromHours(20));
        simulator.Step("Classify").Returns(new Classified("letter", 89));

        var result = await simulator.RunAsync(s_document, Stop);

        Assert.Equal(new Filed("D-1", "complaint", "Grace"), result.Output<Filed>());
        Assert.Equal("letter", result.CallsOf("AskReviewer")[0].Input<ReviewRequest>().Suggestion);
        Assert.Equal(TimeSpan.FromHours(20), result.Elapsed);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_person_decides_when_the_model_is_out_of_order(Engine engine)
    {
        var simulator = Simulator(engine).Event("review", new Review("invoice", "Grace"), at: TimeSpan.FromHours(1));
        simulator.Step("Classify").FailsAlways("InferenceFailed");

        var result = await simulator.RunAsync(s_document, Stop);

        Assert.Equal(new Filed("D-1", "invoice", "Grace"), result.Output<Filed>());
        result.AssertCalls("ReadText", "Classify", "Classify", "Classify", "AskReviewer", "File");
        Assert.Equal(TimeSpan.FromSeconds(2 + 4), result.CallsOf("AskReviewer")[0].At);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_model_that_is_too_slow_is_not_asked_twice(Engine engine)
    {
        var simulator = Simulator(engine).Event("review", new Review("invoice", "Grace"));
        simulator.Step("Classify").Returns(new Classified("invoice", 99)).Takes(TimeSpan.FromMinutes(1));

        var result = await simulator.RunAsync(s_document, Stop);

        Assert.Equal("Grace", result.Output<Filed>().By);
        result.AssertCalls("ReadText", "Classify", "AskReviewer", "File");
        Assert.Equal(TimeSpan.FromSeconds(20), result.Elapsed);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_document_that_nobody_reviews_is_filed_unsorted(Engine engine)
    {
        var simulator = Simulator(engine);
        simulator.Step("Classify").Returns(new Classified("letter", 10));

        var result = await simulator.RunAsync(s_document, Stop);

        Assert.Equal(new Filed("D-1", "unsorted", "nobody"), result.Output<Filed>());
        Assert.Equal(TimeSpan.FromDays(2), result.Elapsed);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_scan_that_cannot_be_read_fails_the_run(Engine engine)
    {
        var simulator = Simulator(engine);
        simulator.Step("ReadText").FailsAlways("Blank");

        var result = await simulator.RunAsync(s_document, Stop);

        result.AssertFailed("Blank").AssertCalls("ReadText", "ReadText");
        Assert.Equal(TimeSpan.FromSeconds(5), result.Elapsed);
    }

    [Fact]
    public async Task A_document_stays_within_its_budget_of_transitions()
    {
        var simulator = Simulator(Engine.StepFunctions);
        simulator.Step("Classify").Returns(new Classified("invoice", 90));
        var result = await simulator.RunAsync(s_document, Stop);
        Assert.InRange(result.BilledTransitions, 1, 4);
    }
}
