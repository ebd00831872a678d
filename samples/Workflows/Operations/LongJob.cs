namespace Workflows.Operations;

/// <summary>Starts a job elsewhere and asks for its state until it has ended, each time a little later.</summary>
public sealed class LongJob
{
    [Workflow("long-job")]
    public async Task<JobResult> Run(IWorkflow flow, Job job)
    {
        var id = await flow.Step(Start, job);
        for (var polls = 1; polls <= 20; polls++)
        {
            await flow.Delay(TimeSpan.FromSeconds(polls));
            var state = await flow.Step(Ask, id);
            switch (state.Status)
            {
                case "done":
                    return new JobResult(id, "done", polls);
                case "failed":
                    throw new StepFailed("JobFailed", $"It failed at {state.Percent} percent.");
            }

            if (polls >= job.LongestPolls)
            {
                break;
            }
        }

        await flow.Step(Cancel, id);
        return new JobResult(id, "cancelled", job.LongestPolls);
    }

    [Step]
    public Task<string> Start(Job job) => Task.FromResult("job-" + job.Name);

    [Step, Retry(MaxAttempts = 3)]
    public Task<JobState> Ask(string id) => Task.FromResult(id == "job-slow" ? new JobState("running", 10) : new JobState("done", 100));

    [Step]
    public Task Cancel(string id) => Task.CompletedTask;
}
