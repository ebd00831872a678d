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

    private readonly SourceInspection _sources = new(host);
    private readonly BucketEndpoint _buckets = new(host.Runtime);

    public async Task HandleAsync(HttpContext context, string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments is ["buckets", ..] && (BucketEndpoint.IsSigned(context.Request) || !IsForeign(context.Request)))
        {
            // Names of objects keep their empty segments, to be refused.
            await _buckets.HandleAsync(context, path.TrimStart('/') is "buckets" or "buckets/" ? [] : path["/buckets/".Length..].Split('/')).ConfigureAwait(false);
            return;
        }

        var reply = IsForeign(context.Request)
            ? HttpReply.Problem(403, "Pages of other sites may not use the local host.")
            : await _sources.AnswerAsync(context, segments).ConfigureAwait(false) ?? await AnswerAsync(context, segments).ConfigureAwait(false);
        await reply.WriteAsync(context).ConfigureAwait(false);
    }

    private async ValueTask<HttpReply> AnswerAsync(HttpContext context, string[] path)
    {
        var get = HttpMethods.IsGet(context.Request.Method);
        var post = HttpMethods.IsPost(context.Request.Method);
        switch (path)
        {
            case []:
                return get ? HttpReply.Json(InspectionViews.Overview(host), InspectionJson.Readable.OverviewModel) : Replies.NotAllowed("GET");
            case ["schedules", var name, .. var rest]:
                return host.FindTimer(name) is not { } timer ? Replies.Missing("schedule", name, host.Timers.Select(candidate => candidate.Name))
                    : rest is ["fire"] ? post ? await FireAsync(context, timer).ConfigureAwait(false) : Replies.NotAllowed("POST")
                    : rest is [] ? get ? Ok(timer) : Replies.NotAllowed("GET")
                    : Replies.NotFound();
            case ["workflows", var name, "runs", .. var rest]:
                return host.Workflows.Workflows.All(workflow => workflow.Name != name) ? Replies.Missing("workflow", name, host.Workflows.Workflows.Select(workflow => workflow.Name))
                    : rest is [] && post ? await StartAsync(context, name).ConfigureAwait(false)
                    : rest is [var id, "events", var raised] ? post ? await RaiseAsync(context, name, id, raised).ConfigureAwait(false) : Replies.NotAllowed("POST")
                    : Runs(name, rest, get);
            default:
                return Replies.NotFound();
        }
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
            var run = host.Workflows.Start(workflow, Encoding.UTF8.GetString(body.Span), context.Request.Query["id"] is [{ Length: > 0 } id, ..] ? id : null,
                RunOrigin.Of(Correlation.Accept(context.Request.Headers[Correlation.Header]), TraceHeaders.TraceParent(context.Request.Headers)));
            await Task.WhenAny(run.Kept, run.Completion).ConfigureAwait(false);
            var link = InspectionViews.RunLink(run);
            return Replies.Accepted(new StartedModel(run.Id, InspectionViews.Status(run), link), InspectionJson.Readable.StartedModel, link);
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
            return Replies.Missing("run", id, []);
        }

        var link = InspectionViews.RunLink(run);
        return await host.Workflows.RaiseAsync(id, name, Encoding.UTF8.GetString(body.Span)).ConfigureAwait(false)
            ? Replies.Accepted(new SentModel(name, link), InspectionJson.Readable.SentModel, link)
            : HttpReply.Problem(409, "The run has ended; it takes no events any more.");
    }

    private HttpReply Runs(string workflow, string[] rest, bool get) => rest switch
    {
        _ when !get => Replies.NotAllowed(rest is [] ? "GET, POST" : "GET"),
        [] => HttpReply.Json(InspectionViews.Runs(host.Workflows, workflow), InspectionJson.Readable.IReadOnlyListRunSummaryModel),
        [var id] => host.Workflows.Find(id) is { } run && run.Workflow == workflow
            ? HttpReply.Json(InspectionViews.Run(run), InspectionJson.Readable.RunModel)
            : Replies.Missing("run", id, []),
        _ => Replies.NotFound(),
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

    private static HttpReply Ok(LocalTimer timer) => HttpReply.Json(InspectionViews.Timer(timer), InspectionJson.Readable.TimerModel);
}
