using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Portable.Runtime;
using Portable.Runtime.AspNetCore;

namespace Portable.Local;

/// <summary>Answers <c>/_portable/</c>: what there is, what became of it, and the means to send, fire, start and replay by hand.</summary>
internal sealed class Inspection(LocalHost host)
{
    public const string Root = "/_portable";

    public async Task HandleAsync(HttpContext context, string path)
    {
        var reply = IsForeign(context.Request)
            ? HttpReply.Problem(403, "Pages of other sites may not use the local host.")
            : await AnswerAsync(context, path.Split('/', StringSplitOptions.RemoveEmptyEntries)).ConfigureAwait(false);
        await reply.WriteAsync(context).ConfigureAwait(false);
    }

    private async ValueTask<HttpReply> AnswerAsync(HttpContext context, string[] path)
    {
        var get = HttpMethods.IsGet(context.Request.Method);
        var post = HttpMethods.IsPost(context.Request.Method);
        switch (path)
        {
            case []:
                return get ? HttpReply.Json(InspectionViews.Overview(host), InspectionJson.Default.OverviewModel) : NotAllowed("GET");
            case ["queues", var name, .. var rest]:
                return host.FindQueue(name) is not { } queue ? Missing("queue", name, host.Queues.Select(candidate => candidate.Name))
                    : rest is [] && post ? await SendAsync(context, queue).ConfigureAwait(false)
                    : Queue(queue, rest, get, post);
            case ["schedules", var name, .. var rest]:
                return host.FindTimer(name) is not { } timer ? Missing("schedule", name, host.Timers.Select(candidate => candidate.Name))
                    : rest is ["fire"] ? post ? await FireAsync(context, timer).ConfigureAwait(false) : NotAllowed("POST")
                    : rest is [] ? get ? Ok(timer) : NotAllowed("GET")
                    : NotFound();
            case ["workflows", var name, "runs", .. var rest]:
                return host.Workflows.Workflows.All(workflow => workflow.Name != name) ? Missing("workflow", name, host.Workflows.Workflows.Select(workflow => workflow.Name))
                    : rest is [] && post ? await StartAsync(context, name).ConfigureAwait(false)
                    : rest is [var id, "events", var raised] ? post ? await RaiseAsync(context, name, id, raised).ConfigureAwait(false) : NotAllowed("POST")
                    : Runs(name, rest, get);
            case ["events"]:
                return get ? HttpReply.Json(InspectionViews.Events(host.Events), InspectionJson.Default.IReadOnlyListPublishedModel) : NotAllowed("GET");
            default:
                return NotFound();
        }
    }

    private static HttpReply Queue(LocalQueue queue, string[] rest, bool get, bool post) => rest switch
    {
        [] => get ? HttpReply.Json(InspectionViews.Queue(queue), InspectionJson.Default.QueueModel) : NotAllowed("GET, POST"),
        ["dead-letters"] => get ? HttpReply.Json(InspectionViews.DeadLetters(queue), InspectionJson.Default.IReadOnlyListDeadLetterModel) : NotAllowed("GET"),
        ["dead-letters", var id, "replay"] =>
            !post ? NotAllowed("POST")
            : queue.Replay(id) ? Accepted(new SentModel(id, InspectionViews.QueueLink(queue)), InspectionJson.Default.SentModel, InspectionViews.QueueLink(queue))
            : Missing("dead letter", id, queue.DeadLetters.Select(letter => letter.Id)),
        _ => NotFound(),
    };

    private static async ValueTask<HttpReply> SendAsync(HttpContext context, LocalQueue queue)
    {
        if (await RequestBody.ReadAsync(context.Request, cancellationToken: context.RequestAborted).ConfigureAwait(false) is not { } body)
        {
            return HttpReply.Problem(413);
        }

        // The query string is the one place where curl and a browser can put attributes without ceremony.
        var attributes = context.Request.Query.ToDictionary(static pair => pair.Key, static pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var id = queue.Send(body, attributes);
        var link = InspectionViews.QueueLink(queue);
        return Accepted(new SentModel(id, link), InspectionJson.Default.SentModel, link);
    }

    private static async ValueTask<HttpReply> FireAsync(HttpContext context, LocalTimer timer)
    {
        DateTimeOffset? due = null;
        if (context.Request.Query["at"] is [{ } text, ..])
        {
            if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            {
                return HttpReply.Problem(400, "'at' is not a time such as 2026-01-01T03:00:00Z.");
            }

            due = at;
        }

        try
        {
            await timer.FireAsync(due, context.RequestAborted).ConfigureAwait(false);
            return Ok(timer);
        }
        catch (Exception e) when (e is not OperationCanceledException || !context.RequestAborted.IsCancellationRequested)
        {
            return HttpReply.Problem(500, $"{timer.Name} failed: {e.GetType().Name}: {e.Message}");
        }
    }

    private async ValueTask<HttpReply> StartAsync(HttpContext context, string workflow)
    {
        if (await RequestBody.ReadAsync(context.Request, cancellationToken: context.RequestAborted).ConfigureAwait(false) is not { } body)
        {
            return HttpReply.Problem(413);
        }

        if (!IsJson(body))
        {
            return HttpReply.Problem(400, "The body is the workflow's input and must be JSON.");
        }

        try
        {
            var run = host.Workflows.Start(workflow, Encoding.UTF8.GetString(body.Span), context.Request.Query["id"] is [{ Length: > 0 } id, ..] ? id : null);
            await Task.WhenAny(run.Kept, run.Completion).ConfigureAwait(false);
            var link = InspectionViews.RunLink(run);
            return Accepted(new StartedModel(run.Id, InspectionViews.Status(run), link), InspectionJson.Default.StartedModel, link);
        }
        catch (ArgumentException)
        {
            return HttpReply.Problem(409, "There is a run with this id already.");
        }
    }

    private async ValueTask<HttpReply> RaiseAsync(HttpContext context, string workflow, string id, string name)
    {
        if (await RequestBody.ReadAsync(context.Request, cancellationToken: context.RequestAborted).ConfigureAwait(false) is not { } body)
        {
            return HttpReply.Problem(413);
        }

        if (!IsJson(body))
        {
            return HttpReply.Problem(400, "The body is the event's payload and must be JSON.");
        }

        if (host.Workflows.Find(id) is not { } run || run.Workflow != workflow)
        {
            return Missing("run", id, []);
        }

        var link = InspectionViews.RunLink(run);
        return await host.Workflows.RaiseAsync(id, name, Encoding.UTF8.GetString(body.Span)).ConfigureAwait(false)
            ? Accepted(new SentModel(name, link), InspectionJson.Default.SentModel, link)
            : HttpReply.Problem(409, "The run has ended; it takes no events any more.");
    }

    private HttpReply Runs(string workflow, string[] rest, bool get) => rest switch
    {
        _ when !get => NotAllowed(rest is [] ? "GET, POST" : "GET"),
        [] => HttpReply.Json(InspectionViews.Runs(host.Workflows, workflow), InspectionJson.Default.IReadOnlyListRunSummaryModel),
        [var id] => host.Workflows.Find(id) is { } run && run.Workflow == workflow
            ? HttpReply.Json(InspectionViews.Run(run), InspectionJson.Default.RunModel)
            : Missing("run", id, []),
        _ => NotFound(),
    };

    /// <summary>Whether a page of another site sent the request: a browser says so, and such pages can reach loopback.</summary>
    private static bool IsForeign(HttpRequest request) =>
        request.Headers.Origin is [{ } origin, ..] && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority == request.Host.Value);

    private static bool IsJson(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static HttpReply Ok(LocalTimer timer) => HttpReply.Json(InspectionViews.Timer(timer), InspectionJson.Default.TimerModel);

    private static HttpReply Accepted<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, string location) =>
        HttpReply.From(HttpResult.Accepted(value).WithHeader("Location", location), type);

    private static HttpReply NotFound() => HttpReply.Problem(404, "There is nothing at this address; GET /_portable/ lists what there is.");

    private static HttpReply NotAllowed(string methods) => HttpReply.Problem(405, $"This address takes {methods}.", headers: [new("Allow", methods)]);

    private static HttpReply Missing(string kind, string name, IEnumerable<string> names) =>
        HttpReply.Problem(404, $"There is no {kind} '{name}'; there is {Names.List(names)}.");
}
