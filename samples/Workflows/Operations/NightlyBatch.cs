namespace Workflows.Operations;

/// <summary>Every account gets its statement; those that fail are counted and reported, and stop nobody else.</summary>
public sealed class NightlyBatch
{
    [Workflow("nightly-batch")]
    public async Task<BatchReport> Run(IWorkflow flow, Batch batch)
    {
        var outcomes = await flow.TryMap(batch.Accounts, async account =>
        {
            var statement = await flow.Step(Prepare, account);
            await flow.Step(Send, statement);
            return statement;
        }, maxConcurrency: 5);

        var done = 0;
        var failed = 0;
        var worst = "none";
        foreach (var outcome in outcomes)
        {
            if (outcome.Failure is null)
            {
                done++;
                continue;
            }

            failed++;
            worst = outcome.Failure.Code;
        }

        if (failed > 0)
        {
            await flow.Step(Alert, $"{failed} failed, the last with {worst}");
        }

        return new BatchReport(batch.Day, done, failed, worst);
    }

    [Step, Retry(MaxAttempts = 2, IntervalSeconds = 1)]
    public Task<Statement> Prepare(string account) => account == "broken" ? throw new StepFailed("NoData", "Nothing is known of it.") : Task.FromResult(new Statement(account, 3));

    [Step]
    public Task Send(Statement statement) => Task.CompletedTask;

    [Step]
    public Task Alert(string text) => Task.CompletedTask;
}
