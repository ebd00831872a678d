using System.Text;
using System.Text.Json;
using Portable.Runtime;

namespace Portable.Local;

/// <summary>Turns what the host holds into what <c>/_portable/</c> shows.</summary>
internal static class InspectionViews
{
    public static OverviewModel Overview(LocalHost host) => new(
        host.App.Cloud,
        [.. host.App.Functions.OfType<HttpFunction>().Select(static function => new RouteModel(function.Name, function.Method, function.Route.Template))],
        [.. host.Queues.Select(SourceViews.Summary)],
        [.. host.Sources.Where(static source => source is not LocalQueue).Select(SourceViews.Summary)],
        [.. host.Buckets.Select(static bucket => new BucketModel(bucket.Bucket, bucket.Objects.Count, $"{Inspection.Root}/buckets/{bucket.Bucket}"))],
        [.. host.Timers.Select(Timer)],
        [.. host.Workflows.Workflows.Select(workflow => new WorkflowModel(
            workflow.Name,
            [.. workflow.Steps.Select(static step => step.Name)],
            host.Workflows.Runs.Count(run => run.Workflow == workflow.Name),
            RunsLink(workflow.Name)))],
        host.Events.Events.Count,
        Inspection.Root + "/events",
        host.Sent.Count,
        Inspection.Root + "/sent");

    public static TimerModel Timer(LocalTimer timer) => new(
        timer.Name, timer.Cron, timer.TimeZone, timer.Next, timer.Firings, timer.Failures, timer.LastError, $"{Inspection.Root}/schedules/{Uri.EscapeDataString(timer.Name)}/fire");

    public static IReadOnlyList<RunSummaryModel> Runs(LocalWorkflowEngine engine, string workflow) =>
        [.. engine.Runs.Where(run => run.Workflow == workflow).Select(static run => new RunSummaryModel(run.Id, Status(run), RunLink(run)))];

    public static RunModel Run(LocalRun run) => new(
        run.Id, run.Workflow, Status(run), Json(run.Output), Failure(run.Failure), run.Calls, [.. run.WaitingFor.Select(wait => Wait(run, wait))], [.. run.History.Select(Event)], RunLink(run));

    public static string Status(LocalRun run) => Name(run.Status);

    public static IReadOnlyList<PublishedModel> Events(LocalEventBus events) => [.. events.Events.Select(static entry => new PublishedModel(
        entry.At, entry.Event.Id, entry.Event.Source, entry.Event.Type, entry.Event.Version, Json(entry.Event.Json)))];

    public static string RunLink(LocalRun run) => $"{RunsLink(run.Workflow)}/{Uri.EscapeDataString(run.Id)}";

    private static string RunsLink(string workflow) => $"{Inspection.Root}/workflows/{Uri.EscapeDataString(workflow)}/runs";

    private static WaitModel Wait(LocalRun run, RunWait wait) => new(
        Name(wait.Kind), wait.Name, wait.Key, wait.Until, wait.Kind == OperationKind.Event ? $"{RunLink(run)}/events/{Uri.EscapeDataString(wait.Name)}" : null);

    private static RunEventModel Event(RunEvent entry) => new(entry.At, Name(entry.Kind), entry.Step, entry.Attempt, Json(entry.Json), Failure(entry.Failure), entry.Delay?.TotalSeconds, entry.Key, entry.Due);

    /// <summary><c>StepStarted</c> is <c>step-started</c>.</summary>
    private static string Name(Enum value)
    {
        var text = new StringBuilder();
        foreach (var c in value.ToString())
        {
            if (char.IsUpper(c) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    private static FailureModel? Failure(StepFailure? failure) => failure is null ? null : new FailureModel(failure.Code, failure.Message, Json(failure.Data));

    /// <summary>JSON as it is, numbers of any size included; a text that is none as a string.</summary>
    public static JsonElement? Json(string? text)
    {
        if (text is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            using var document = JsonDocument.Parse($"\"{JsonEncodedText.Encode(text)}\"");
            return document.RootElement.Clone();
        }
    }
}
