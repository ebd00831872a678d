namespace Workflows.Media;

/// <summary>A model says what the document is; what it is not sure of, a person decides, and nobody's document waits for ever.</summary>
public sealed partial class DocumentPipeline
{
    private const int Sure = 90;

    [Workflow("document-pipeline")]
    public async Task<Filed> Run(IWorkflow flow, Document document)
    {
        var scan = await flow.Step(ReadText, document);
        Classified classified;
        try
        {
            classified = await flow.Step(Classify, scan);
        }
        catch (StepFailed failure) when (failure.Code is StepFailed.InferenceCode or StepFailed.TimeoutCode)
        {
            classified = new Classified("unknown", 0); // people do not need the model
        }

        if (classified.Confidence >= Sure)
        {
            await flow.Step(File, new Filing(document.Id, classified.Kind));
            return new Filed(document.Id, classified.Kind, "model");
        }

        await flow.Step(AskReviewer, new ReviewRequest(document.Id, scan.Text, classified.Kind));
        Review review;
        try
        {
            review = await flow.Event<Review>("review", TimeSpan.FromDays(2));
        }
        catch (StepFailed failure) when (failure.Code == StepFailed.TimeoutCode)
        {
            review = new Review("unsorted", "nobody");
        }

        await flow.Step(File, new Filing(document.Id, review.Kind));
        return new Filed(document.Id, review.Kind, review.By);
    }

    [Step(TimeoutSeconds = 60), Retry(MaxAttempts = 2, IntervalSeconds = 5)]
    public Task<Scan> ReadText(Document document) => Task.FromResult(new Scan(document.Id, "Text of " + document.Url));

    [Inference("document-model", TimeoutSeconds = 20), Retry(MaxAttempts = 3, On = ["InferenceFailed"], IntervalSeconds = 2)]
    public partial Task<Classified> Classify(Scan scan, CancellationToken cancellationToken = default);

    [Step]
    public Task AskReviewer(ReviewRequest request) => Task.CompletedTask;

    [Step, Idempotent(nameof(Filing.DocumentId))]
    public Task File(Filing filing) => Task.CompletedTask;
}
