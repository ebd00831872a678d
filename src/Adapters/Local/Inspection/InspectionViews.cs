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
        [.. host.Queues.Select(static queue => new QueueSummaryModel(queue.Name, queue.Function, queue.Waiting, queue.InFlight, queue.Completed, queue.DeadLetters.Count, QueueLink(queue)))],
        [.. host.Timers.Select(Timer)],
        [.. host.Workflows.Workflows.Select(workflow => new WorkflowModel(
            workflow.Name,
            [.. workflow.Steps.Select(static step => step.Name)],
            host.Workflows.Runs.Count(run => run.Workflow == workflow.Name),
            RunsLink(workflow.Name)))]);

    public static QueueModel Queue(LocalQueue queue) => new(
        queue.Name, queue.Function, queue.BatchSize, queue.MaxAttempts, queue.Waiting, queue.InFlight, queue.Completed, queue.Pending, DeadLetters(queue), QueueLink(queue));

    public static IReadOnlyList<DeadLetterModel> DeadLetters(LocalQueue queue) => [.. queue.DeadLetters.Select(letter => new DeadLetterModel(
        letter.Id,
        Encoding.UTF8.GetString(letter.Body.Span),
        letter.Attributes,
        letter.DeliveryCount,
        letter.Reason,
        letter.At,
        $"{QueueLink(queue)}/dead-letters/{Uri.EscapeDataString(letter.Id)}/replay"))];

    public static TimerModel Timer(LocalTimer timer) => new(
        timer.Name, timer.Cron, timer.Next, timer.Firings, timer.Failures, timer.LastError, $"{Inspection.Root}/schedules/{Uri.EscapeDataString(timer.Name)}/fire");

    public static IReadOnlyList<RunSummaryModel> Runs(LocalWorkflowEngine engine, string workflow) =>
        [.. engine.Runs.Where(run => run.Workflow == workflow).Select(static run => new RunSummaryModel(run.Id, Status(run), RunLink(run)))];

    public static RunModel Run(LocalRun run) => new(
        run.Id, run.Workflow, Status(run), Json(run.Output), Failure(run.Failure), run.Calls, [.. run.History.Select(Event)], RunLink(run));

    public static string Status(LocalRun run) => run.Status switch
    {
        RunStatus.Running => "running",
        RunStatus.Succeeded => "succeeded",
        _ => "failed",
    };

    public static string QueueLink(LocalQueue queue) => $"{Inspection.Root}/queues/{Uri.EscapeDataString(queue.Name)}";

    public static string RunLink(LocalRun run) => $"{RunsLink(run.Workflow)}/{Uri.EscapeDataString(run.Id)}";

    private static string RunsLink(string workflow) => $"{Inspection.Root}/workflows/{Uri.EscapeDataString(workflow)}/runs";

    private static RunEventModel Event(RunEvent entry) => new(entry.At, EventName(entry.Kind), entry.Step, entry.Attempt, Json(entry.Json), Failure(entry.Failure), entry.Delay?.TotalSeconds);

    private static string EventName(RunEventKind kind) => kind switch
    {
        RunEventKind.Started => "started",
        RunEventKind.StepStarted => "step-started",
        RunEventKind.StepSucceeded => "step-succeeded",
        RunEventKind.StepFailed => "step-failed",
        RunEventKind.RetryScheduled => "retry-scheduled",
        RunEventKind.Succeeded => "succeeded",
        _ => "failed",
    };

    private static FailureModel? Failure(StepFailure? failure) => failure is null ? null : new FailureModel(failure.Code, failure.Message, Json(failure.Data));

    /// <summary>JSON as it is, numbers of any size included; a text that is none as a string.</summary>
    private static JsonElement? Json(string? text)
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
