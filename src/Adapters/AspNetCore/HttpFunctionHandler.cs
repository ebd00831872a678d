using Microsoft.AspNetCore.Http;

namespace Portable.Runtime.AspNetCore;

/// <summary>Answers requests with HTTP functions: finds the function by its route, reads the body, calls the handler, writes the answer.</summary>
/// <param name="app">The application.</param>
/// <param name="functions">The functions that requests may reach.</param>
/// <param name="bodyLimit">The most bytes of a body; more is answered with 413.</param>
public sealed class HttpFunctionHandler(PortableApp app, IEnumerable<HttpFunction> functions, int bodyLimit = RequestBody.DefaultLimit)
{
    private readonly RouteTable _routes = new(functions);
    private readonly FunctionInvoker _invoker = new(app);

    /// <summary>Whether a function has this route and method.</summary>
    public bool Matches(HttpRequest request) => _routes.Match(request.Method, request.Path.Value ?? "/").Function is not null;

    /// <summary>Answers one request.</summary>
    /// <param name="context">The request and its response.</param>
    /// <param name="invocationId">What the platform calls this invocation.</param>
    public async Task HandleAsync(HttpContext context, string invocationId)
    {
        var request = context.Request;
        var match = _routes.Match(request.Method, request.Path.Value ?? "/");
        if (match.Function is not { } function)
        {
            await match.Refusal().WriteAsync(context).ConfigureAwait(false);
            return;
        }

        if (await RequestBody.ReadAsync(request, bodyLimit, context.RequestAborted).ConfigureAwait(false) is not { } body)
        {
            await HttpReply.Problem(413, $"The body is larger than {bodyLimit} bytes.").WriteAsync(context).ConfigureAwait(false);
            return;
        }

        var invocation = new InvocationContext(
            app, function.Name, invocationId, deadline: Deadlines.Of(function, app.Time), traceParent: TraceHeaders.TraceParent(request.Headers), abort: context.RequestAborted);
        var reply = await _invoker.InvokeAsync(function, new AspNetEnvelope(request, body, match.Values), invocation).ConfigureAwait(false);
        await reply.WriteAsync(context).ConfigureAwait(false);
    }
}
