using Portable.Generated;
using Portable.Local;

namespace Workflows;

/// <summary><c>dotnet run --project samples/Workflows -- demo</c>: every workflow on the local engine, with what became of it.</summary>
internal static class Demo
{
    private static readonly (string Workflow, string Input, (string Name, string Payload)? Event)[] s_runs =
    [
        ("order-with-approval", """{"id":"A-1","customer":"Ada","totalCents":4200,"lines":[]}""", null),
        ("order-with-approval", """{"id":"A-2","customer":"Ada","totalCents":250000,"lines":[]}""", ("approval", """{"granted":true,"by":"Grace"}""")),
        ("order-with-approval", """{"id":"A-3","customer":"Ada","totalCents":250000,"lines":[]}""", ("approval", """{"granted":false,"by":"Grace"}""")),
        ("travel-booking", """{"id":"T-1","traveller":"Ada","from":"Bonn","to":"Rome","nights":3}""", null),
        ("travel-booking", """{"id":"T-2","traveller":"Ada","from":"Bonn","to":"Venice","nights":3}""", null),
        ("escalating-payment", """{"id":"P-1","account":"full","cents":100}""", null),
        ("video-pipeline", """{"id":"V-1","url":"video","formats":["1080p","720p","360p"]}""", null),
        ("nightly-batch", """{"day":"2026-01-01","accounts":["a","broken","c"]}""", null),
        ("long-job", """{"name":"quick","longestPolls":5}""", null),
    ];

    public static async Task<int> RunAsync()
    {
        var engine = new LocalWorkflowEngine(PortableApplication.Create());
        foreach (var (workflow, input, raised) in s_runs)
        {
            var run = engine.Start(workflow, input);
            if (raised is var (name, payload))
            {
                await engine.RaiseAsync(run.Id, name, payload);
            }

            await run.Completion.WaitAsync(TimeSpan.FromMinutes(1));
            var calls = string.Join(", ", run.Calls.Select(static call => call.Value == 1 ? call.Key : $"{call.Key} x{call.Value}"));
            Console.WriteLine($"{workflow}: {run.Output ?? $"failed with {run.Failure?.Code}: {run.Failure?.Message}"}");
            Console.WriteLine($"    {calls}");
        }

        return 0;
    }
}
