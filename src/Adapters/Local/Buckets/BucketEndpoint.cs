using Microsoft.AspNetCore.Http;
using Portable.Runtime;
using Portable.Runtime.AspNetCore;

namespace Portable.Local;

/// <summary>
/// Answers <c>/_portable/buckets/</c>: GET and PUT of an object for whoever has a presigned address, and, for the developer alone, the list of a bucket's objects
/// and POST and DELETE of an object by hand.
/// </summary>
internal sealed class BucketEndpoint(LocalRuntime runtime)
{
    /// <summary>Whether the request has a signed address. Such an address is made to be used by pages of any site.</summary>
    public static bool IsSigned(HttpRequest request) => request.Query.ContainsKey("signature");

    public async Task HandleAsync(HttpContext context, string[] path)
    {
        var reply = await AnswerAsync(context, path).ConfigureAwait(false);
        if (reply is not null)
        {
            await reply.WriteAsync(context).ConfigureAwait(false);
        }
    }

    private async ValueTask<HttpReply?> AnswerAsync(HttpContext context, string[] path)
    {
        var method = context.Request.Method.ToUpperInvariant();
        if (path is [])
        {
            return method == "GET" ? HttpReply.Json([.. runtime.Buckets.Select(static bucket => bucket.Bucket)], InspectionJson.Readable.IReadOnlyListString) : Replies.NotAllowed("GET");
        }

        // Only what exists: a bucket is not made by asking for it.
        if (runtime.Buckets.FirstOrDefault(candidate => candidate.Bucket == path[0]) is not { } bucket)
        {
            return Replies.Missing("bucket", path[0], runtime.Buckets.Select(static candidate => candidate.Bucket));
        }

        if (path is [_])
        {
            return method == "GET" ? HttpReply.Json(SourceViews.Objects(bucket, runtime.Urls), InspectionJson.Readable.IReadOnlyListObjectModel) : Replies.NotAllowed("GET");
        }

        var name = string.Join('/', path[1..]);
        if (BlobNames.Problem(name) is { } problem)
        {
            return HttpReply.Problem(400, $"The name of the object {problem}.");
        }

        switch (method)
        {
            case "GET" or "HEAD" or "PUT":
                var query = context.Request.Query;
                return runtime.Urls.Problem(bucket.Bucket, name, method, query["access"], query["expires"], query["signature"]) is { } refused ? HttpReply.Problem(403, refused)
                    : method == "PUT" ? await PutAsync(context, bucket, name, 200).ConfigureAwait(false)
                    : await GetAsync(context, bucket, name).ConfigureAwait(false);
            case "POST":
                return await PutAsync(context, bucket, name, 201).ConfigureAwait(false);
            case "DELETE":
                await bucket.Delete(name, context.RequestAborted).ConfigureAwait(false);
                return HttpReply.Status(204);
            default:
                return Replies.NotAllowed("GET, HEAD, PUT, POST, DELETE");
        }
    }

    private static async ValueTask<HttpReply> PutAsync(HttpContext context, LocalBucket bucket, string name, int status)
    {
        if (await RequestBody.ReadAsync(context.Request, cancellationToken: context.RequestAborted).ConfigureAwait(false) is not { } body)
        {
            return HttpReply.Problem(413);
        }

        try
        {
            await bucket.Put(name, body, context.Request.ContentType ?? "application/octet-stream", context.RequestAborted).ConfigureAwait(false);
            return HttpReply.Status(status);
        }
        catch (OutputException e)
        {
            return HttpReply.Problem(409, e.Message);
        }
    }

    // Bytes of any type, which the answers of functions have no form for.
    private static async ValueTask<HttpReply?> GetAsync(HttpContext context, LocalBucket bucket, string name)
    {
        if (await bucket.Get(name, context.RequestAborted).ConfigureAwait(false) is not { } blob)
        {
            return HttpReply.Problem(404, "There is no such object.");
        }

        var response = context.Response;
        response.ContentType = blob.ContentType;
        response.ContentLength = blob.Content.Length;
        response.Headers.ETag = $"\"{blob.ETag}\"";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "sandbox"; // an uploaded page must not run as one of the local host's own
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(blob.Content, context.RequestAborted).ConfigureAwait(false);
        }

        return null;
    }
}
