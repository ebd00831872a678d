using Microsoft.AspNetCore.Http;

namespace Portable.Runtime.AspNetCore;

/// <summary>
/// Answers a container platform that asks whether the process can take requests: 200 from the moment it listens, which it does when everything is
/// made that functions need, and 503 from SIGTERM on, while running requests finish. No function is invoked, and nothing is told of the application.
/// </summary>
public sealed class HealthEndpoint
{
    /// <summary>The variable that says where it is; <c>off</c> for nowhere.</summary>
    public const string Variable = "PORTABLE_HEALTH_PATH";

    /// <summary>Where it is when nothing is said. Not <c>/healthz</c>: Cloud Run keeps paths that end in z for itself (cloud.google.com/run/docs/known-issues, "Reserved URL paths").</summary>
    public const string DefaultPath = "/_portable/health";

    private readonly string _path;

    private HealthEndpoint(string path) => _path = path;

    /// <summary>The endpoint that the environment asks for.</summary>
    /// <returns><see langword="null"/> for none.</returns>
    /// <exception cref="FormatException">The path is none; the message says why.</exception>
    public static HealthEndpoint? From(Func<string, string?> environment)
    {
        var path = environment(Variable);
        return string.IsNullOrEmpty(path) ? new HealthEndpoint(DefaultPath)
            : path.Equals("off", StringComparison.OrdinalIgnoreCase) ? null
            : path[0] == '/' && path.Length > 1 && path.AsSpan().IndexOfAny('?', '#', ' ') < 0 ? new HealthEndpoint(path)
            : throw new FormatException($"{Variable} is '{path}', which is no path: write one like {DefaultPath}, or off.");
    }

    /// <summary>Whether a request is one for the endpoint.</summary>
    public bool IsFor(HttpRequest request) =>
        string.Equals(request.Path.Value, _path, StringComparison.OrdinalIgnoreCase) && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));

    /// <summary>Answers the request.</summary>
    /// <param name="context">The request and its response.</param>
    /// <param name="stopping">Whether the process has been told to end.</param>
    public static Task AnswerAsync(HttpContext context, bool stopping)
    {
        context.Response.Headers.CacheControl = "no-store";
        return (stopping ? HttpReply.JsonText(503, """{"status":"stopping"}"""u8.ToArray()) : HttpReply.JsonText(200, """{"status":"ok"}"""u8.ToArray())).WriteAsync(context);
    }
}
