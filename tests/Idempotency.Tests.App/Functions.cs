using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;

namespace Portable.Idempotency.Tests.App;

/// <summary>A piece of work.</summary>
/// <param name="Id">What identifies it.</param>
/// <param name="Mode">What becomes of it: <c>work</c>, <c>slow</c>, <c>hang</c>, <c>fail</c>, <c>busy</c>, <c>refuse</c>, <c>large</c>, <c>throw</c>.</param>
/// <param name="Line">A second number that identifies it.</param>
public sealed record Job(string? Id, string Mode = "work", int Line = 0);

/// <summary>What a job has as its result; no two runs have the same.</summary>
public sealed record Outcome(string Run, int Process, string Text);

[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(Outcome))]
[JsonSerializable(typeof(string))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
public sealed partial class AppJson : JsonSerializerContext;

/// <summary>Where work leaves its traces.</summary>
public interface IEffects
{
    /// <summary>Leaves a trace that no other run can overwrite.</summary>
    void Leave(string key);
}

/// <summary>One file for each run of a job: appending to one file from several processes could lose the very trace that matters.</summary>
public sealed class FileEffects(string folder) : IEffects
{
    public void Leave(string key) => File.WriteAllText(Path.Combine(folder, $"{key}.{Guid.NewGuid():N}"), "");
}

/// <summary>Traces in memory.</summary>
public sealed class MemoryEffects : IEffects
{
    public ConcurrentQueue<string> Keys { get; } = [];

    public void Leave(string key) => Keys.Enqueue(key);
}

public sealed class JobFunctions(IEffects effects)
{
    [Function("place"), HttpTrigger("POST", "/jobs"), AllowAnonymous, Idempotent(Header = "Idempotency-Key")]
    public async Task<HttpResult<Outcome>> Place(Job job, CancellationToken cancellationToken)
    {
        effects.Leave(job.Id ?? "");
        switch (job.Mode)
        {
            case "hang":
                await Console.Out.WriteLineAsync("entered");
                await Task.Delay(Timeout.Infinite, CancellationToken.None); // as a handler that heeds nothing
                break;
            case "fail":
                throw new InvalidOperationException("The job failed.");
            case "busy":
                return HttpResult.Problem(503, "Try again.");
            case "refuse":
                return HttpResult.NotFound("There is no such job.");
            case "slow":
                await Task.Delay(200, cancellationToken);
                break;
            case "large":
                return new Outcome(Guid.NewGuid().ToString("N"), Environment.ProcessId, new string('x', 2_000_000));
        }

        return HttpResult.Created($"/jobs/{job.Id}", new Outcome(Guid.NewGuid().ToString("N"), Environment.ProcessId, "\u00e4\u20ac\ud83d\ude00\"\\"));
    }

    [Function("place-too"), HttpTrigger("POST", "/jobs-too"), AllowAnonymous, Idempotent(Header = "Idempotency-Key")]
    public Outcome PlaceToo(Job job)
    {
        effects.Leave(job.Id ?? "");
        return new Outcome(Guid.NewGuid().ToString("N"), Environment.ProcessId, "too");
    }

    [Function("strict"), HttpTrigger("PUT", "/jobs/{id}"), AllowAnonymous, Idempotent("{id}-{Line}", ValidatePayload = true)]
    public string Strict(string id, Job job)
    {
        effects.Leave(id);
        return job.Mode;
    }

    [Function("reckless"), HttpTrigger("POST", "/reckless"), AllowAnonymous, Idempotent("Id", OnStoreFailure = StoreFailure.Run)]
    public string Reckless(Job job)
    {
        effects.Leave(job.Id ?? "");
        return "done";
    }

    [Function("handle"), QueueTrigger("jobs"), Idempotent("{Id}")]
    public Task Handle(Job job)
    {
        effects.Leave(job.Id ?? "");
        return job.Mode == "fail" ? throw new InvalidOperationException("The job failed.") : Task.CompletedTask;
    }

    [Function("handle-too"), QueueTrigger("jobs-too"), Idempotent("{Id}")]
    public void HandleToo(Job job) => effects.Leave(job.Id ?? "");

    [Function("handle-parts"), QueueTrigger("job-parts"), Idempotent("{Id}-{Mode}")]
    public void HandleParts(Job job) => effects.Leave($"{job.Id}|{job.Mode}");

    [Function("handle-by-id"), QueueTrigger("jobs-by-id"), Idempotent(MessageId = true)]
    public void HandleById(Job job) => effects.Leave(job.Id ?? "");

    [Function("handle-by-attribute"), QueueTrigger("jobs-by-attribute"), Idempotent(Header = "job")]
    public void HandleByAttribute(Job job) => effects.Leave(job.Id ?? "");

    [Function("batch"), QueueTrigger("job-batches"), Idempotent("{Id}", ValidatePayload = true)]
    public BatchResult Batch(IReadOnlyList<Message<Job>> messages)
    {
        foreach (var message in messages)
        {
            effects.Leave(message.Body.Id ?? "");
        }

        return messages.Any(static message => message.Body.Mode == "throw")
            ? throw new InvalidOperationException("The batch failed.")
            : BatchResult.Partial([.. messages.Where(static message => message.Body.Mode == "fail").Select(static message => message.Id)]);
    }

    [Function("stream"), StreamTrigger("job-stream"), Idempotent("{Id}")]
    public void Stream(StreamRecord<Job>[] records)
    {
        foreach (var record in records)
        {
            effects.Leave(record.Body.Id ?? "");
        }
    }
}

[Startup]
public sealed class Startup : IPortableStartup
{
    // What to remember in, each process of the drill says for itself.
    public void Configure(IPortableBuilder app) => app.Services.AddSingleton<IEffects, MemoryEffects>();
}
