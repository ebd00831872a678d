using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portable.Generated;
using Portable.Local;

namespace Workflows;

/// <summary><c>dotnet run --project samples/Workflows -- demo</c>: every workflow on the local engine, with what became of it.</summary>
internal static class Demo
{
    private static readonly Scene[] s_scenes =
    [
        new("order-with-approval", """{"id":"A-1","customer":"Ada","totalCents":4200,"lines":[]}""", "\"shipped\""),
        new("order-with-approval", """{"id":"A-2","customer":"Ada","totalCents":250000,"lines":[]}""", "\"shipped\"", "approval", """{"granted":true,"by":"Grace"}"""),
        new("order-with-approval", """{"id":"A-3","customer":"Ada","totalCents":250000,"lines":[]}""", "\"rejected\"", "approval", """{"granted":false,"by":"Grace"}"""),
        new("travel-booking", """{"id":"T-1","traveller":"Ada","from":"Bonn","to":"Rome","nights":3}""", "\"booked\""),
        new("travel-booking", """{"id":"T-2","traveller":"Ada","from":"Bonn","to":"Venice","nights":3}""", "failed with NoCars"),
        new("escalating-payment", """{"id":"P-1","account":"full","cents":100}""", "\"card\""),
        new("video-pipeline", """{"id":"V-1","url":"video","formats":["1080p","720p","360p"]}""", "\"360p\""),
        new("document-pipeline", """{"id":"D-1","url":"invoice-7.pdf"}""", "\"model\""),
        new("document-pipeline", """{"id":"D-2","url":"scrawl.pdf"}""", "\"Grace\"", "review", """{"kind":"complaint","by":"Grace"}"""),
        new("nightly-batch", """{"day":"2026-01-01","accounts":["a","broken","c"]}""", "\"failed\":1"),
        new("long-job", """{"name":"quick","longestPolls":5}""", "\"done\""),
        new("release-rollout", """{"version":"1.4.0","soakMinutes":0,"canary":"north","regions":["east","south"]}""", "south failed 25"),
    ];

    public static async Task<int> RunAsync()
    {
        await using var model = await DocumentModel.StartAsync();
        var app = PortableApplication.Create().With(builder =>
        {
            builder.Configuration["Portable:Endpoints:document-model:Url"] = model.Address.ToString();
            builder.Services.AddLogging(static logging => logging.ClearProviders()); // the failures are meant
        });
        var engine = new LocalWorkflowEngine(app);
        var unexpected = 0;
        foreach (var scene in s_scenes)
        {
            var run = engine.Start(scene.Workflow, scene.Input);
            if (scene.Event is { } name)
            {
                await engine.RaiseAsync(run.Id, name, scene.Payload!);
            }

            await run.Completion.WaitAsync(TimeSpan.FromMinutes(1));
            var outcome = run.Output ?? $"failed with {run.Failure?.Code}: {run.Failure?.Message}";
            Console.WriteLine($"{scene.Workflow}: {outcome}");
            Console.WriteLine("    " + (run.Calls.Count == 0 ? "only other workflows" : string.Join(", ", run.Calls.Select(static call => call.Value == 1 ? call.Key : $"{call.Key} x{call.Value}"))));
            if (!outcome.Contains(scene.Expected, StringComparison.Ordinal))
            {
                unexpected++;
                Console.WriteLine($"    expected: {scene.Expected}");
            }
        }

        Console.WriteLine(unexpected == 0 ? $"All {s_scenes.Length} results are as expected." : $"{unexpected} of {s_scenes.Length} results are not as expected.");
        return unexpected;
    }

    /// <summary>A run, and part of what it should come to.</summary>
    private sealed record Scene(string Workflow, string Input, string Expected, string? Event = null, string? Payload = null);
}
