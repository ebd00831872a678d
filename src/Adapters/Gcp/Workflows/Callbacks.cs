using System.Net;
using System.Text;
using Portable.Gcp.Services;
using Portable.Runtime;

namespace Portable.Gcp.Workflows;

/// <summary>Hands events to Google Workflows' callback endpoints.</summary>
internal sealed class Callbacks(GoogleApi api) : IEventDelivery
{
    public async ValueTask<bool> DeliverAsync(string waiter, string payloadJson, CancellationToken cancellationToken)
    {
        using var reply = await api.SendAsync(HttpMethod.Post, waiter, Encoding.UTF8.GetBytes(payloadJson), cancellationToken).ConfigureAwait(false);
        return reply switch
        {
            { Succeeded: true } => true,
            { Status: HttpStatusCode.NotFound or HttpStatusCode.Gone } or { ErrorStatus: "FAILED_PRECONDITION" } => false, // the run has ended, or the wait
            _ => throw new HttpRequestException($"The callback answered {(int)reply.Status} {reply.ErrorStatus}.", null, reply.Status),
        };
    }
}
