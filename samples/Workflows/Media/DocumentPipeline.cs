namespace Workflows.Media;

/// <summary>A model reads the document; what it is not sure of, a person decides.</summary>
public sealed partial class DocumentPipeline
{
    [Workflow("document-pipeline")]
    public async Task<Filed> Run(IWorkflow flow, Document document)
    {
        var classified = await flow.Step(Classify, document);
        if (classified.Confidence >= 90)
        {
            await flow.Step(File, classified.Kind);
            return new Filed(document.Id, classified.Kind, "model");
        }

        await flow.Step(AskReviewer, document);
        var review = await flow.Event<Review>("review", TimeSpan.FromDays(2));
        await flow.Step(File, review.Kind);
        return new Filed(document.Id, review.Kind, "reviewer");
    }

    [Inference("document-model", TimeoutSeconds = 20), Retry(MaxAttempts = 3, On = ["InferenceFailed"], IntervalSeconds = 2)]
    public partial Task<Classified> Classify(Document document, CancellationToken cancellationToken = default);

    [Step]
    public Task AskReviewer(Document document) => Task.CompletedTask;

    [Step]
    public Task File(string kind) => Task.CompletedTask;
}
