using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT715_ExpressWorkflowTests
{
    private const string Express = "[Workflow(\"w\", Express = true)]";

    [Theory]
    [InlineData("[Workflow(\"w\", Express = true)]", "await [|flow.Event<string>(\"a\", TimeSpan.FromSeconds(1))|];", "waits for an event")]
    [InlineData("[Workflow(\"w\", Express = true)]", "await [|flow.Child(Other, id)|];", "runs another workflow")]
    [InlineData("[Workflow(\"w\", Express = true)]", "await flow.Delay([|TimeSpan.FromMinutes(6)|]);", "waits longer than the five minutes")]
    [InlineData("[[|Workflow(\"w\", Express = true, TimeoutSeconds = 301)|]]", "", "may take 301 seconds")]
    [InlineData(Express, "await flow.Delay(TimeSpan.FromMinutes(3)); await [|flow.Delay(TimeSpan.FromMinutes(3))|];", "may be 360 seconds under way")]
    [InlineData(Express, "await flow.Delay(TimeSpan.FromMinutes(3)); await [|flow.Step(Slow, id)|];", "may be 380 seconds under way")]
    [InlineData(Express, "await flow.Step(Slow, id); if (id == \"a\") { await [|flow.Step(Slow, id)|]; return; } await flow.Delay(TimeSpan.FromSeconds(100));", "may be 400 seconds under way")]
    [InlineData(Express, "try { await flow.Step(Slow, id); } catch (StepFailed) { await [|flow.Step(Slow, id)|]; }", "may be 400 seconds under way")]
    [InlineData(Express, "await flow.Parallel(flow.Branch(Slow, id), flow.Branch(async () => { await flow.Step(Slow, id); await [|flow.Step(Slow, id)|]; }));", "may be 400 seconds under way")]
    [InlineData(Express, "while (id != \"a\") { await flow.Delay(TimeSpan.FromMinutes(2)); } await [|flow.Step(Slow, id)|];", "may be 320 seconds under way")]
    public Task What_an_express_workflow_cannot(string attribute, string statement, string message) => Check.Reports("PORT715", Source(attribute, statement), message);

    [Theory]
    [InlineData("[Workflow(\"w\", Express = true, TimeoutSeconds = 300)]", "await flow.Delay(TimeSpan.FromMinutes(5));")]
    [InlineData("[Workflow(\"w\")]", "await flow.Event<string>(\"a\", TimeSpan.FromDays(1)); await flow.Child(Other, id);")]
    [InlineData(Express, "await flow.Delay(TimeSpan.FromSeconds(100)); await flow.Step(Slow, id);")]
    [InlineData(Express, "if (id == \"a\") { await flow.Step(Slow, id); return; } await flow.Step(Slow, id);")]
    [InlineData(Express, "if (id == \"a\") { await flow.Step(Slow, id); } else { await flow.Step(Slow, id); }")]
    [InlineData(Express, "await flow.Parallel(flow.Branch(Slow, id), flow.Branch(Slow, id));")]
    [InlineData("[Workflow(\"w\")]", "await flow.Step(Slow, id); await flow.Step(Slow, id);")]
    public Task What_fits(string attribute, string statement) => Check.Silent(Source(attribute, statement));

    private static string Source(string attribute, string statement) => $$"""
        using Portable;
        public static class W
        {
            {{attribute}}
            public static async Task Run(IWorkflow flow, string id) { {{statement}} await flow.Step(Echo, id); }
            [Workflow("other")]
            public static async Task Other(IWorkflow flow, string id) { await flow.Step(Echo, id); }
            [Step] public static Task Echo(string id) => Task.CompletedTask;
            [Step(TimeoutSeconds = 200)] public static Task Slow(string id) => Task.CompletedTask;
        }
        """;
}
