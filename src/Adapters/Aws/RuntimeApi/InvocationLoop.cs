using Portable.Aws.Events.Http;
using Portable.Runtime;

namespace Portable.Aws.RuntimeApi;

/// <summary>Fetches an event, runs the function, hands in its answer; again and again. Every event gets exactly one answer.</summary>
internal sealed class InvocationLoop(RuntimeApiClient client, LambdaInvoker invoker)
{
    private const string TraceVariable = "_X_AMZN_TRACE_ID";

    private readonly PostBuffer _post = new();

    /// <summary>Runs until the loop is to end.</summary>
    /// <exception cref="RuntimeApiException">The Runtime API does not answer as documented.</exception>
    public void Run()
    {
        while (client.TryNext())
        {
            // Taken now: the next exchange overwrites them.
            var requestId = client.Head.RequestId!;
            var trace = client.Head.TraceId;
            var deadline = client.Head.DeadlineMs is > 0 and < 253_402_300_800_000 and var milliseconds
                ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
                : (DateTimeOffset?)null;
            Environment.SetEnvironmentVariable(TraceVariable, trace);

            _post.Reset();
            Exception? failure = null;
            HttpReply? streamed = null;
            try
            {
                streamed = Wait(invoker.InvokeAsync(client.Event, requestId, deadline, trace, _post));
            }
            catch (Exception e)
            {
                failure = e;
            }

            if (failure is not null)
            {
                Report(requestId, failure);
            }
            else if (streamed is not null)
            {
                Stream(requestId, streamed);
            }
            else
            {
                Respond(requestId);
            }
        }
    }

    private static HttpReply? Wait(ValueTask<HttpReply?> invocation) =>
        invocation.IsCompletedSuccessfully ? invocation.GetAwaiter().GetResult() : invocation.AsTask().GetAwaiter().GetResult();

    private void Stream(string requestId, HttpReply reply)
    {
        using var stream = client.StreamResponse(requestId, _post.Body);
        Exception? failure = null;
        try
        {
            if (reply.IsStreamed)
            {
                reply.StreamAsync(stream).GetAwaiter().GetResult();
            }
            else
            {
                stream.Write(reply.Body.Span);
            }
        }
        catch (Exception e)
        {
            failure = e;
        }

        if (failure is not null && !stream.HasBegun)
        {
            // The caller has seen nothing yet, so that it can be told properly.
            _post.Reset();
            var problem = HttpReply.Problem(500, "The function failed.");
            HttpReplyJson.WritePrelude(_post, problem);
            using var instead = client.StreamResponse(requestId, _post.Body);
            instead.Write(problem.Body.Span);
            Check(requestId, instead.Complete());
        }
        else if (failure is not null)
        {
            var error = new PostBuffer();
            ErrorJson.Write(error, ErrorJson.TypeName(failure), failure.Message, failure);
            Check(requestId, stream.Fail(ErrorJson.TypeName(failure), error.Body.Span));
        }
        else
        {
            Check(requestId, stream.Complete());
        }
    }

    private void Check(string requestId, PostResult result)
    {
        if (result != PostResult.Accepted)
        {
            Console.Error.WriteLine($"warn Portable.Aws invocation {requestId}: Lambda did not take the whole streamed response; its caller is gone or the invocation was over.");
        }
    }

    private void Respond(string requestId)
    {
        var result = client.PostResponse(requestId, _post);
        if (result != PostResult.Accepted)
        {
            Refused(requestId, result);
        }
    }

    private void Refused(string requestId, PostResult result)
    {
        if (result == PostResult.TooLarge)
        {
            var size = _post.Body.Length;
            Console.Error.WriteLine($"error Portable.Aws invocation {requestId}: Lambda refused a response of {size} bytes as too large.");
            Report(requestId, "Portable.ResponseTooLarge", $"The response has {size} bytes, which is more than Lambda takes.", null);
        }
        else
        {
            Console.Error.WriteLine($"warn Portable.Aws invocation {requestId}: Lambda refused the response with status {client.Head.StatusCode}; the invocation was over.");
        }
    }

    private void Report(string requestId, Exception failure)
    {
        switch (failure)
        {
            case LambdaStepFailure step:
                _post.Reset();
                ErrorJson.Write(_post, step.Failure);
                Hand(requestId, step.Failure.Code);
                break;
            case MalformedEventException malformed:
                Report(requestId, "Portable.MalformedEvent", malformed.Message, malformed);
                break;
            default:
                Report(requestId, ErrorJson.TypeName(failure), failure.Message, failure);
                break;
        }
    }

    private void Report(string requestId, string type, string message, Exception? exception)
    {
        _post.Reset();
        ErrorJson.Write(_post, type, message, exception);
        Hand(requestId, type);
    }

    private void Hand(string requestId, string type)
    {
        if (client.PostError(requestId, type, _post) != PostResult.Accepted)
        {
            Console.Error.WriteLine($"warn Portable.Aws invocation {requestId}: Lambda refused the error {type} with status {client.Head.StatusCode}.");
        }
    }
}
