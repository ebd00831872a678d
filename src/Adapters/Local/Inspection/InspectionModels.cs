using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portable.Local;

internal sealed record OverviewModel(
    string Cloud,
    IReadOnlyList<RouteModel> Routes,
    IReadOnlyList<SourceSummaryModel> Queues,
    IReadOnlyList<SourceSummaryModel> Sources,
    IReadOnlyList<BucketModel> Buckets,
    IReadOnlyList<TimerModel> Schedules,
    IReadOnlyList<WorkflowModel> Workflows,
    int PublishedEvents,
    string PublishedEventsLink,
    int SentMessages,
    string SentMessagesLink);

internal sealed record RouteModel(string Function, string Method, string Route);

internal sealed record SourceSummaryModel(string Kind, string Name, string Function, int Waiting, int InFlight, long Completed, int DeadLetters, string Link);

internal sealed record SourceModel(
    string Kind,
    string Name,
    string Function,
    int BatchSize,
    int MaxAttempts,
    int Waiting,
    int InFlight,
    long Completed,
    string? DeadLetterQueue,
    IReadOnlyList<PendingMessage> Messages,
    IReadOnlyList<DeadLetterModel> DeadLetters,
    string ReplayAllLink,
    string Link);

internal sealed record BucketModel(string Name, int Objects, string Link);

internal sealed record ObjectModel(string Name, long Size, string ReadLink);

internal sealed record RowModel(string Key, JsonElement? Row);

internal sealed record SentMessageModel(
    DateTimeOffset At, string Id, string Queue, string? Function, string Body, IReadOnlyDictionary<string, string> Attributes, string? Group, double? DelaySeconds);

internal sealed record ReplayedModel(int Replayed, string Link);

internal sealed record DeadLetterModel(
    string Id,
    string Body,
    IReadOnlyDictionary<string, string> Attributes,
    int DeliveryCount,
    string Reason,
    DateTimeOffset At,
    string ReplayLink);

internal sealed record TimerModel(string Name, string Cron, string? TimeZone, DateTimeOffset? Next, int Firings, int Failures, string? LastError, string FireLink);

internal sealed record WorkflowModel(string Name, IReadOnlyList<string> Steps, int Runs, string RunsLink);

internal sealed record RunSummaryModel(string Id, string Status, string Link);

internal sealed record RunModel(
    string Id,
    string Workflow,
    string Status,
    JsonElement? Output,
    FailureModel? Error,
    IReadOnlyDictionary<string, int> Calls,
    IReadOnlyList<WaitModel> WaitingFor,
    IReadOnlyList<RunEventModel> History,
    string Link);

internal sealed record RunEventModel(
    DateTimeOffset At, string Event, string? Step, int? Attempt, JsonElement? Json, FailureModel? Error, double? DelaySeconds, string? Key, DateTimeOffset? Due);

internal sealed record WaitModel(string Kind, string Name, string Key, DateTimeOffset? Until, string? RaiseLink);

internal sealed record PublishedModel(DateTimeOffset At, string Id, string Source, string Type, int Version, JsonElement? Payload);

internal sealed record FailureModel(string Code, string Message, JsonElement? Data);

internal sealed record SentModel(string Id, string Link);

internal sealed record StartedModel(string Id, string Status, string Link);

/// <summary>The JSON of <c>/_portable/</c>: camel case, absent members left out.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(OverviewModel))]
[JsonSerializable(typeof(SourceModel))]
[JsonSerializable(typeof(ReplayedModel))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<ObjectModel>))]
[JsonSerializable(typeof(IReadOnlyList<RowModel>))]
[JsonSerializable(typeof(IReadOnlyList<SentMessageModel>))]
[JsonSerializable(typeof(IReadOnlyList<DeadLetterModel>))]
[JsonSerializable(typeof(TimerModel))]
[JsonSerializable(typeof(IReadOnlyList<RunSummaryModel>))]
[JsonSerializable(typeof(RunModel))]
[JsonSerializable(typeof(IReadOnlyList<PublishedModel>))]
[JsonSerializable(typeof(SentModel))]
[JsonSerializable(typeof(StartedModel))]
internal sealed partial class InspectionJson : JsonSerializerContext
{
    /// <summary>Without escapes that only pages need: addresses and bodies are read and copied by people. It is served as JSON, never as a part of a page.</summary>
    public static InspectionJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
