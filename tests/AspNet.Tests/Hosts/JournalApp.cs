using Portable.Runtime;
using Portable.Runtime.Json;

namespace Portable.AspNet.Tests.Hosts;

/// <summary>
/// A workflow whose steps note in a file when they begin and end, and which can be made to stand still in one of them, for tests that kill
/// the process there.
/// </summary>
public sealed class JournalApp
{
    /// <summary>The file with the notes.</summary>
    public const string NotesVariable = "NOTES";

    /// <summary>The note after which the process stands still: <c>begin B1</c>, or nothing.</summary>
    public const string HoldVariable = "HOLD";

    private static readonly Lock Gate = new();

    /// <summary>The steps' inputs, each of one call.</summary>
    public static IReadOnlyList<string> Inputs { get; } = ["A", "B0", "B1", "C", "M0", "M1", "M2", "M3", "X", "Z"];

    public static PortableApp Build()
    {
        StepDefinition[] steps =
        [
            new("Note", RetryPolicy.Once, PrimitiveJson.Default.String, PrimitiveJson.Default.String, async call =>
            {
                var input = call.Input(PrimitiveJson.Default.String);
                await NoteAsync("begin " + input);
                await NoteAsync("end " + input);
                return StepCall.Output(input.ToLowerInvariant(), PrimitiveJson.Default.String);
            }),
        ];
        var types = new System.Text.Json.Serialization.Metadata.JsonTypeInfo[] { PrimitiveJson.Default.String };
        return new PortableApp(
            "local",
            [],
            [
                new WorkflowDefinition("notes", RunAsync, steps) { Input = PrimitiveJson.Default.String, Output = PrimitiveJson.Default.String, Payloads = types },
                new WorkflowDefinition("child", ChildAsync, steps) { Input = PrimitiveJson.Default.String, Output = PrimitiveJson.Default.String, Payloads = types },
            ]);
    }

    private static async Task<ReadOnlyMemory<byte>> RunAsync(WorkflowCall call)
    {
        var flow = call.Flow;
        Task<string> Note(string input) => flow.RunStep<string, string>("Note", input);
        var a = await Note("A");
        var (b, c) = await flow.Parallel(
            flow.Branch(async () => await Note("B0") + await Note("B1")),
            flow.Branch(async () => await flow.Event<string>("answer", TimeSpan.FromHours(1)) + await Note("C")));
        var m = string.Concat(await flow.Map(["M0", "M1", "M2", "M3"], Note, maxConcurrency: 2));
        var x = await flow.Child<string, string>("child", "X");
        return StepCall.Output(a + b + c + m + x + await Note("Z"), PrimitiveJson.Default.String);
    }

    private static async Task<ReadOnlyMemory<byte>> ChildAsync(WorkflowCall call) =>
        StepCall.Output(await call.Flow.RunStep<string, string>("Note", call.Input(PrimitiveJson.Default.String)), PrimitiveJson.Default.String);

    private static Task NoteAsync(string note)
    {
        lock (Gate)
        {
            File.AppendAllText(Environment.GetEnvironmentVariable(NotesVariable)!, note + "\n");
        }

        if (note != Environment.GetEnvironmentVariable(HoldVariable))
        {
            return Task.CompletedTask;
        }

        Console.WriteLine("entered");
        return Task.Delay(Timeout.Infinite);
    }
}
