using Portable.Testing.Jsonata.Values;

namespace Portable.Testing.Asl;

/// <summary>What an execution shares with the executions it starts: time, tasks, events.</summary>
internal sealed class AslWorld
{
    private int _tokens;
    private int _uuids;
    private int _runs;

    public AslWorld(AslTaskHandler tasks, AslOptions options, CancellationToken cancellation)
    {
        (Tasks, Cancellation) = (tasks, cancellation);
        Clock = new VirtualClock(options.StartTime);
        Mailbox = new Mailbox(options.Events, options.ExecutionName, Clock);
    }

    public VirtualClock Clock { get; }

    public AslTaskHandler Tasks { get; }

    public CancellationToken Cancellation { get; }

    public Mailbox Mailbox { get; }

    public AslTaskToken NewToken(string run) => new($"token-{++_tokens}", Clock, Mailbox, run);

    public Guid NewUuid() => new(_uuids++, 0, 0x4000, [0x80, 0, 0, 0, 0, 0, 0, 0]);

    public string NewRunName(string machine) => $"{machine}-run-{++_runs}";
}

/// <summary>The answer of <c>startExecution.sync:2</c>: a description of the child in Pascal case, members in alphabetical order.</summary>
internal static class AslChild
{
    /// <summary>The task's result when the child succeeded: input and output are JSON values.</summary>
    public static JsonataObject Succeeded(AslOptions child, string arn, object input, SimulationResult result, DateTimeOffset start, DateTimeOffset stop)
    {
        var described = Described(child, arn, JsonataJson.Parse(result.Output!), "SUCCEEDED", start, stop);
        described["Input"] = input;
        return described.Sorted();
    }

    /// <summary>The task's cause when the child failed: the same as JSON text, with input as text and the child's own error and cause.</summary>
    public static string Failed(AslOptions child, string arn, object input, SimulationError error, DateTimeOffset start, DateTimeOffset stop)
    {
        var described = Described(child, arn, null, error.Code == AslError.TimedOut ? "TIMED_OUT" : "FAILED", start, stop);
        described["Input"] = JsonataJson.Write(input);
        if (error.Code.Length > 0)
        {
            described["Error"] = error.Code;
        }

        if (error.Message.Length > 0)
        {
            described["Cause"] = error.Message;
        }

        return JsonataJson.Write(described.Sorted());
    }

    private static JsonataObject Described(AslOptions child, string arn, object? output, string status, DateTimeOffset start, DateTimeOffset stop)
    {
        var description = new JsonataObject
        {
            ["ExecutionArn"] = child.ExecutionId,
            ["InputDetails"] = new JsonataObject { ["Included"] = true },
            ["Name"] = child.ExecutionName,
            ["RedriveCount"] = 0d,
            ["StartDate"] = (double)start.ToUnixTimeMilliseconds(),
            ["StateMachineArn"] = arn,
            ["Status"] = status,
            ["StopDate"] = (double)stop.ToUnixTimeMilliseconds(),
        };
        if (output is not null)
        {
            description["Output"] = output;
            description["OutputDetails"] = new JsonataObject { ["Included"] = true };
        }

        return description;
    }

    private static JsonataObject Sorted(this JsonataObject value)
    {
        var sorted = new JsonataObject();
        foreach (var name in value.Names.Order(StringComparer.Ordinal).ToList())
        {
            sorted[name] = value[name];
        }

        return sorted;
    }
}
