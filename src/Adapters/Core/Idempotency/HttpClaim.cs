using System.Globalization;

namespace Portable.Runtime.Idempotency;

/// <summary>Idempotency of requests; emitted code calls it between binding and handler.</summary>
public static class HttpIdempotency
{
    /// <summary>Claims the key of a request. Where the handler is not to be called, the claim has the answer.</summary>
    public static async ValueTask<HttpClaim> ClaimAsync(this HttpCall call, IdempotencyPolicy policy, IdempotentKey key)
    {
        if (key.IsMissing)
        {
            return new HttpClaim(HttpReply.Problem(400, $"The request has no idempotency key: {key} is missing or empty."));
        }

        var gate = new IdempotencyGate(policy, call.Context);
        return await gate.EnterPatientlyAsync(key, policy.ValidatesPayload ? call.Request.Body : default).ConfigureAwait(false) switch
        {
            Admission.Run(var lease) => new HttpClaim(gate, lease),
            Admission.Done({ IsTooLarge: true }) => new HttpClaim(HttpReply.Problem(409, "The request has been carried out before. Its answer was too large to be kept, so it cannot be given again.", "Already Done")),
            Admission.Done(var result) when StoredReply.Read(result.Content) is { } reply => new HttpClaim(reply),
            Admission.Done => new HttpClaim(HttpReply.Problem(409, "The request has been carried out before. Its answer cannot be read any more.", "Already Done")),
            Admission.OtherPayload => new HttpClaim(HttpReply.Problem(422, "The idempotency key was used before, with another payload.")),
            Admission.Busy(var remaining) => new HttpClaim(Later(409, "The same request is being carried out.", remaining is { } left && left < TimeSpan.FromSeconds(5) ? left : TimeSpan.FromSeconds(5))),
            _ => new HttpClaim(Later(503, "It cannot be told whether the request has been carried out before. Nothing was done.", TimeSpan.FromSeconds(5))),
        };
    }

    private static HttpReply Later(int status, string detail, TimeSpan after) =>
        HttpReply.Problem(status, detail, headers: [new("Retry-After", Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture))]);
}

/// <summary>The claim of one request. Disposed without an answer it gives the key back, so that a failure can be tried again.</summary>
public sealed class HttpClaim : IAsyncDisposable
{
    private readonly IdempotencyGate? _gate;
    private IdempotencyLease? _lease;

    internal HttpClaim(HttpReply answer) => Answer = answer;

    internal HttpClaim(IdempotencyGate gate, IdempotencyLease? lease)
    {
        _gate = gate;
        _lease = lease;
    }

    /// <summary>The answer where the handler is not to be called: that of the first request, or why there is none.</summary>
    public HttpReply? Answer { get; }

    /// <summary>
    /// Keeps the handler's answer for duplicates and returns it. An answer that asks to try again is a failure: 408, 425, 429 and from 500
    /// on. A streamed answer is written in full first: before that nobody knows whether it is one.
    /// </summary>
    public async ValueTask<HttpReply> CompleteAsync(HttpReply reply)
    {
        if (reply.IsStreamed)
        {
            using var body = new MemoryStream();
            await reply.StreamAsync(body).ConfigureAwait(false);
            reply = HttpReply.Of(reply.StatusCode, reply.ContentType, body.ToArray(), reply.Headers);
        }

        if (_lease is { } lease && reply.StatusCode is < 500 and not (408 or 425 or 429))
        {
            _lease = null;
            await _gate!.CompleteAsync(lease, StoredReply.Write(reply)).ConfigureAwait(false);
        }

        return reply;
    }

    /// <summary>Gives the key back, unless there was an answer.</summary>
    public ValueTask DisposeAsync()
    {
        var lease = _lease;
        _lease = null;
        return lease is null ? default : _gate!.ReleaseAsync(lease);
    }
}
