using System.Text;
using Microsoft.AspNetCore.Http;

namespace Portable.Fuzz.Targets;

/// <summary>Feeds events to what takes an <see cref="HttpContext"/>.</summary>
internal static class HttpProbe
{
    /// <summary>Calls it, and answers with the status and the body.</summary>
    public static (int Status, string Body) Call(Func<HttpContext, Task> handler, FuzzEvent input)
    {
        var context = ContextOf(input);
        using var body = new MemoryStream();
        context.Response.Body = body;
        handler(context).GetAwaiter().GetResult();
        return (context.Response.StatusCode, Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length));
    }

    private static DefaultHttpContext ContextOf(FuzzEvent input)
    {
        var context = new DefaultHttpContext();
        var request = context.Request;
        var (method, target) = input.RequestLine();
        request.Method = method;
        var query = target.IndexOf('?');
        request.Path = PathOf("/" + (query < 0 ? target : target[..query]).TrimStart('/'));
        request.QueryString = query < 0 ? default : new QueryString(target[query..]);
        foreach (var (name, value) in input.Headers())
        {
            request.Headers.Append(name, value);
        }

        request.ContentLength = input.Body.Length;
        request.Body = new MemoryStream(input.Body);
        return context;
    }

    /// <summary>A path with an encoded NUL is refused by Kestrel, in these same words.</summary>
    private static PathString PathOf(string path)
    {
        try
        {
            return PathString.FromUriComponent(path);
        }
        catch (InvalidOperationException)
        {
            return "/";
        }
    }
}
