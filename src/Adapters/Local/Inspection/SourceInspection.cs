using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Portable.Runtime;
using Portable.Runtime.AspNetCore;

namespace Portable.Local;

/// <summary>The part of <c>/_portable/</c> that is about messages: what each function takes from, its dead letters, and the means to send by hand.</summary>
internal sealed class SourceInspection(LocalHost host)
{
    /// <summary>Answers what is its own; <see langword="null"/> for everything else.</summary>
    public async ValueTask<HttpReply?> AnswerAsync(HttpContext context, string[] path)
    {
        var get = HttpMethods.IsGet(context.Request.Method);
        var post = HttpMethods.IsPost(context.Request.Method);
        switch (path)
        {
            case ["queues", var name]:
                return host.FindQueue(name) is not { } queue ? Replies.Missing("queue", name, host.Queues.Select(static candidate => candidate.Name))
                    : post ? await SendAsync(context, body => queue.Send(body, Attributes(context.Request)), SourceViews.Link(queue)).ConfigureAwait(false)
                    : get ? HttpReply.Json(SourceViews.Source(queue), InspectionJson.Readable.SourceModel)
                    : Replies.NotAllowed("GET, POST");
            case ["queues", var name, "dead-letters", .. var rest]:
                return host.FindQueue(name) is { } owner ? DeadLetters(owner, rest, get, post) : Replies.Missing("queue", name, host.Queues.Select(static candidate => candidate.Name));
            case ["sources", var function]:
                return host.Runtime.FindSource(function) is not { } source ? Replies.Missing("function of messages", function, host.Sources.Select(static candidate => candidate.Function))
                    : get ? HttpReply.Json(SourceViews.Source(source), InspectionJson.Readable.SourceModel)
                    : Replies.NotAllowed("GET");
            case ["sources", var function, "dead-letters", .. var rest]:
                return host.Runtime.FindSource(function) is { } giver ? DeadLetters(giver, rest, get, post) : Replies.Missing("function of messages", function, host.Sources.Select(static candidate => candidate.Function));
            case ["streams", var name]:
                return host.Streams.FirstOrDefault(candidate => candidate.Name == name) is not { } stream ? Replies.Missing("stream", name, host.Streams.Select(static candidate => candidate.Name))
                    : post ? await SendAsync(context, body => stream.Put(body, context.Request.Query["key"].ToString(), Attributes(context.Request, "key")), Inspection.Root + "/").ConfigureAwait(false)
                    : Replies.NotAllowed("POST");
            case ["devices", _, ..]:
                var topic = string.Join('/', path[1..]);
                return host.Runtime.FindDevice(topic) is not { } device ? Replies.Missing("function for the topic", topic, host.Runtime.Of<DeviceSource>().Select(static candidate => candidate.Name))
                    : post ? await SendAsync(context, body => device.Send(body, context.Request.Query["device"] is [{ Length: > 0 } id, ..] ? id : null, Attributes(context.Request, "device")), Inspection.Root + "/").ConfigureAwait(false)
                    : Replies.NotAllowed("POST");
            case ["tables", var name, .. var rest]:
                return host.Tables.FirstOrDefault(candidate => candidate.Name == name) is { } table
                    ? await TableAsync(context, table, rest).ConfigureAwait(false)
                    : Replies.Missing("table", name, host.Tables.Select(static candidate => candidate.Name));
            case ["events"]:
                return get ? HttpReply.Json(InspectionViews.Events(host.Events), InspectionJson.Readable.IReadOnlyListPublishedModel) : Replies.NotAllowed("GET");
            case ["events", var type]:
                return post ? await PublishAsync(context, type).ConfigureAwait(false) : Replies.NotAllowed("POST");
            case ["sent"]:
                return get ? HttpReply.Json(SourceViews.Sent(host.Sent), InspectionJson.Readable.IReadOnlyListSentMessageModel) : Replies.NotAllowed("GET");
            default:
                return null;
        }
    }

    private static HttpReply DeadLetters(LocalSource source, string[] rest, bool get, bool post)
    {
        var link = SourceViews.Link(source);
        switch (rest)
        {
            case []:
                return get ? HttpReply.Json(SourceViews.DeadLetters(source), InspectionJson.Readable.IReadOnlyListDeadLetterModel) : Replies.NotAllowed("GET");
            case ["replay"]:
                return post ? Replies.Accepted(new ReplayedModel(source.ReplayAll(), link), InspectionJson.Readable.ReplayedModel, link) : Replies.NotAllowed("POST");
            case [var id, "replay"]:
                return !post ? Replies.NotAllowed("POST")
                    : source.Replay(id) ? Replies.Accepted(new SentModel(id, link), InspectionJson.Readable.SentModel, link)
                    : Replies.Missing("dead letter", id, source.DeadLetters.Select(static letter => letter.Id));
            default:
                return Replies.NotFound();
        }
    }

    private static async ValueTask<HttpReply> TableAsync(HttpContext context, LocalTable table, string[] rest)
    {
        var link = $"{Inspection.Root}/tables/{Uri.EscapeDataString(table.Name)}";
        if (rest is [])
        {
            return HttpMethods.IsGet(context.Request.Method) ? HttpReply.Json(SourceViews.Rows(table), InspectionJson.Readable.IReadOnlyListRowModel) : Replies.NotAllowed("GET");
        }

        var key = string.Join('/', rest);
        if (HttpMethods.IsDelete(context.Request.Method))
        {
            return table.Remove(key) ? Replies.Accepted(new SentModel(key, link), InspectionJson.Readable.SentModel, link) : Replies.Missing("row", key, []);
        }

        if (!HttpMethods.IsPost(context.Request.Method))
        {
            return Replies.NotAllowed("POST, DELETE");
        }

        return await SendAsync(
            context,
            body =>
            {
                table.Put(key, Encoding.UTF8.GetString(body.Span));
                return key;
            },
            link).ConfigureAwait(false);
    }

    private async ValueTask<HttpReply> PublishAsync(HttpContext context, string type)
    {
        var query = context.Request.Query;
        if (query["version"] is [{ Length: > 0 } text, ..] && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var stated) && stated > 0))
        {
            return HttpReply.Problem(400, "'version' is not a number from 1.");
        }

        return await SendAsync(
            context,
            body =>
            {
                using (JsonDocument.Parse(body))
                {
                    // only to know that it is JSON: events on the bus are
                }

                var version = query["version"] is [{ Length: > 0 } number, ..] ? int.Parse(number, CultureInfo.InvariantCulture) : 1;
                return host.Events.Publish(
                    type,
                    Encoding.UTF8.GetString(body.Span),
                    version,
                    query["source"] is [{ Length: > 0 } source, ..] ? source : "local",
                    query["subject"] is [{ Length: > 0 } subject, ..] ? subject : null,
                    query["id"] is [{ Length: > 0 } id, ..] ? id : null,
                    Attributes(context.Request, "version", "source", "subject", "id"));
            },
            Inspection.Root + "/events").ConfigureAwait(false);
    }

    private static async ValueTask<HttpReply> SendAsync(HttpContext context, Func<ReadOnlyMemory<byte>, string> send, string link)
    {
        if (await RequestBody.ReadAsync(context.Request, cancellationToken: context.RequestAborted).ConfigureAwait(false) is not { } body)
        {
            return HttpReply.Problem(413);
        }

        try
        {
            return Replies.Accepted(new SentModel(send(body), link), InspectionJson.Readable.SentModel, link);
        }
        catch (Exception e) when (e is ArgumentException or JsonException)
        {
            return HttpReply.Problem(400, e is JsonException ? "The body must be JSON." : e.Message);
        }
    }

    // The query string is the one place where curl and a browser can put attributes without ceremony.
    private static Dictionary<string, string> Attributes(HttpRequest request, params string[] except) =>
        request.Query.Where(pair => !except.Contains(pair.Key, StringComparer.OrdinalIgnoreCase))
            .ToDictionary(static pair => pair.Key, static pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase);
}
