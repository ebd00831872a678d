namespace Workflows.Media;

/// <summary>Renders every format, a few at a time, beside the thumbnail.</summary>
public sealed class VideoPipeline
{
    [Workflow("video-pipeline")]
    public async Task<Published> Run(IWorkflow flow, Video video)
    {
        await flow.Step(Probe, video);
        var (renditions, thumbnail) = await flow.Parallel(
            flow.Branch(async () => await flow.Map(video.Formats, async format =>
            {
                var rendition = await flow.Step(Transcode, $"{video.Url}#{format}");
                await flow.Step(Verify, rendition);
                return rendition;
            }, maxConcurrency: 3)),
            flow.Branch(Thumbnail, video));
        await flow.Step(Announce, video.Id);
        return new Published(video.Id, thumbnail, renditions);
    }

    [Step]
    public Task Probe(Video video) => Task.CompletedTask;

    [Step(TimeoutSeconds = 600), Retry(MaxAttempts = 2)]
    public Task<Rendition> Transcode(string source) => Task.FromResult(new Rendition(source[(source.IndexOf('#', StringComparison.Ordinal) + 1)..], source, 12));

    [Step]
    public Task Verify(Rendition rendition) => Task.CompletedTask;

    [Step]
    public Task<string> Thumbnail(Video video) => Task.FromResult(video.Url + ".jpg");

    [Step]
    public Task Announce(string videoId) => Task.CompletedTask;
}
