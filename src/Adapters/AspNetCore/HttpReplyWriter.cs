using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Portable.Runtime.AspNetCore;

/// <summary>Writes the answer of a handler as ASP.NET Core's response.</summary>
public static class HttpReplyWriter
{
    /// <summary>
    /// Writes status, headers and body. A header that appears more than once is sent more than once. A streamed body goes out as it is flushed; when its writer fails
    /// after the head is gone, the connection is cut, so that the caller does not take the part for the whole.
    /// </summary>
    public static Task WriteAsync(this HttpReply reply, HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = reply.StatusCode;
        foreach (var (name, value) in reply.Headers)
        {
            response.Headers[name] = StringValues.Concat(response.Headers[name], value);
        }

        if (reply.ContentType is not null)
        {
            response.ContentType = reply.ContentType;
        }

        // 1xx, 204 and 304 have no body by definition; Kestrel refuses even an empty length for them.
        if (reply.StatusCode is < 200 or 204 or 304)
        {
            return reply.DiscardAsync().AsTask();
        }

        if (reply.IsStreamed)
        {
            return HttpMethods.IsHead(context.Request.Method) ? reply.DiscardAsync().AsTask() : StreamAsync(reply, context);
        }

        response.ContentLength = reply.Body.Length;
        return HttpMethods.IsHead(context.Request.Method) || reply.Body.IsEmpty
            ? Task.CompletedTask
            : response.Body.WriteAsync(reply.Body, context.RequestAborted).AsTask();
    }

    private static async Task StreamAsync(HttpReply reply, HttpContext context)
    {
        try
        {
            await reply.StreamAsync(context.Response.Body).ConfigureAwait(false);
        }
        catch (Exception) when (context.Response.HasStarted)
        {
            context.Abort(); // the reason has been logged
        }
        catch (Exception)
        {
            context.Response.Clear();
            await HttpReply.Problem(500, "The function failed.").WriteAsync(context).ConfigureAwait(false);
        }
    }
}
