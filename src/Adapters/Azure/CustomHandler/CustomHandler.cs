using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Portable.Runtime;
using Portable.Runtime.AspNetCore;

namespace Portable.Azure;

/// <summary>
/// Answers the Functions host: invocations posted to <c>/FUNCTION</c>, and, where <c>host.json</c> says so, HTTP requests forwarded as they are.
/// </summary>
internal sealed class CustomHandler
{
    private const string RequestBinding = "req";
    private const string ResponseBinding = "res";
    private const string InvocationHeader = "X-Azure-Functions-InvocationId";

    private readonly PortableApp _app;
    private readonly Dictionary<string, AzureFunction> _functions;
    private readonly HttpFunctionHandler? _forwarded;

    public CustomHandler(PortableApp app, bool forwardsHttp)
    {
        _app = app;

        // Steps are activities of the Durable extension, which needs the managed hosting.
        _functions = app.Functions.Where(static function => function is not StepsFunction)
            .ToDictionary(static function => function.Name, function => new AzureFunction(app, function), StringComparer.OrdinalIgnoreCase);
        _forwarded = forwardsHttp ? Forwarded(app) : null;
    }

    public Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        var id = request.Headers[InvocationHeader] is [{ Length: > 0 } given, ..] ? given : Guid.NewGuid().ToString("n");

        // Whatever an outside caller can have sent must never be taken for an invocation, so routes come first where requests are forwarded.
        if (_forwarded?.Matches(request) == true)
        {
            return _forwarded.HandleAsync(context, id);
        }

        return HttpMethods.IsPost(request.Method) && FindFunction(request.Path) is { } function
            ? InvokeAsync(context, function, id)
            : NotAnInvocation(context);
    }

    /// <summary>The handler of forwarded requests, unless an invocation, <c>POST /FUNCTION</c>, could be taken for one of them.</summary>
    /// <exception cref="FormatException">It could.</exception>
    private static HttpFunctionHandler Forwarded(PortableApp app)
    {
        var http = app.Functions.OfType<HttpFunction>().ToList();
        var routes = new RouteTable(http);
        foreach (var function in app.Functions.Where(static function => function is not (HttpFunction or StepsFunction)))
        {
            if (routes.Match("POST", "/" + function.Name).Function is { } taken)
            {
                throw new FormatException(
                    $"host.json forwards HTTP requests, and {taken.Name} would take the invocations of {function.Name} for requests of its own: set enableForwardingHttpRequest to false, or change the route '{taken.Route.Template}'.");
            }
        }

        return new HttpFunctionHandler(app, http);
    }

    private async Task InvokeAsync(HttpContext context, AzureFunction function, string invocationId)
    {
        HttpReply reply;
        if (await RequestBody.ReadAsync(context.Request, cancellationToken: context.RequestAborted).ConfigureAwait(false) is not { } body)
        {
            reply = HttpReply.Problem(413);
        }
        else
        {
            reply = await InvokeAsync(function, body, invocationId, TraceHeaders.TraceParent(context.Request.Headers), context.RequestAborted).ConfigureAwait(false);
        }

        await reply.WriteAsync(context).ConfigureAwait(false);
    }

    private async ValueTask<HttpReply> InvokeAsync(AzureFunction function, ReadOnlyMemory<byte> body, string invocationId, string? traceParent, CancellationToken aborted)
    {
        try
        {
            var invocation = InvocationRequest.Parse(body);
            switch (function.Definition)
            {
                case HttpFunction:
                    var (method, url, headers, content) = invocation.Http(RequestBinding);
                    var answer = await function.InvokeHttpAsync(method, url, headers, content, invocationId, traceParent, aborted).ConfigureAwait(false);
                    if (!Utf8.IsValid(answer.Body.Span))
                    {
                        CustomHandlerLog.BinaryAnswer(_app.CreateLogger("Portable.Azure"), function.Definition.Name);
                        answer = HttpReply.Problem(500, "The function failed.");
                    }

                    return InvocationReply.Http(ResponseBinding, answer);
                case MessageFunction:
                    await function.InvokeMessagesAsync(invocation.Payloads(), invocation.Metadata(), invocation.RetryCount, invocationId, traceParent, aborted).ConfigureAwait(false);
                    return InvocationReply.Done;
                default:
                    await function.InvokeScheduleAsync(invocation.RetryCount, invocationId, traceParent, aborted).ConfigureAwait(false);
                    return InvocationReply.Done;
            }
        }
        catch (FormatException e)
        {
            CustomHandlerLog.MalformedInvocation(_app.CreateLogger("Portable.Azure"), function.Definition.Name, e.Message);
            return HttpReply.Problem(400, e.Message);
        }
        catch (MessageFailedException e)
        {
            return HttpReply.Problem(500, e.Message);
        }
        catch (Exception e)
        {
            // Logged by the invoker; any status but 2xx fails the invocation.
            return HttpReply.Problem(500, $"{e.GetType().Name}: {e.Message}");
        }
    }

    private AzureFunction? FindFunction(PathString path) => path.Value is { Length: > 1 } value ? _functions.GetValueOrDefault(value[1..].TrimEnd('/')) : null;

    /// <summary>The host takes any answer at all to <c>GET /</c> as the sign that the handler is ready.</summary>
    private static Task NotAnInvocation(HttpContext context) => context.Request.Path.Value is null or "" or "/"
        ? HttpReply.Status(200).WriteAsync(context)
        : HttpReply.Problem(404, "There is no such function.").WriteAsync(context);
}
