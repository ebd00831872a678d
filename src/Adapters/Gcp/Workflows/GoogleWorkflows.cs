using System.Buffers;
using System.Text.Json;
using Portable.Gcp.Services;
using Portable.Runtime;

namespace Portable.Gcp.Workflows;

/// <summary>
/// The way to Google Workflows. Runs are started by the resource name in <c>PORTABLE_WORKFLOW_{NAME}</c> (<c>order-fulfilment</c> is
/// <c>PORTABLE_WORKFLOW_ORDER_FULFILMENT</c>: <c>projects/p/locations/l/workflows/order-fulfilment</c>); events are kept in the Firestore
/// collection <c>PORTABLE_EVENTS_COLLECTION</c>. The service account needs the roles <c>workflows.invoker</c> and <c>datastore.user</c>.
/// </summary>
public sealed class GoogleWorkflows : IWorkflowBackend, IEventWaits
{
    private readonly Lazy<GoogleApi> _api;
    private readonly IMailboxStore? _store;

    /// <summary>The way to the project that the container runs in.</summary>
    public GoogleWorkflows() => _api = new(static () => new GoogleApi(new HttpClient(), TimeProvider.System));

    internal GoogleWorkflows(GoogleApi api, IMailboxStore store) => (_api, _store) = (new(() => api), store);

    private IMailboxStore Store => _store ?? new FirestoreMailboxStore(_api.Value);

    /// <inheritdoc/>
    public IWorkflowClient CreateClient(PortableApp app) => new GoogleWorkflowClient(app.Workflows, _api.Value, Store);

    /// <summary>Answers <c>{"raised": false}</c>, or <c>{"raised": true, "payload": ...}</c> with an event that came before or in the meantime.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> WaitAsync(PortableApp app, EventWaitRequest request, CancellationToken cancellationToken)
    {
        var mailboxes = new EventMailboxes(Store, new Callbacks(_api.Value));
        var key = EventMailboxes.KeyOf(request.RunId, request.Name);
        var payload = request.GivesUp
            ? await mailboxes.GiveUpAsync(key, request.Waiter, cancellationToken).ConfigureAwait(false)
            : await mailboxes.WaitAsync(key, request.Waiter, cancellationToken).ConfigureAwait(false);
        var answer = new ArrayBufferWriter<byte>(64);
        using (var json = new Utf8JsonWriter(answer))
        {
            json.WriteStartObject();
            json.WriteBoolean("raised", payload is not null);
            if (payload is not null)
            {
                json.WritePropertyName("payload");
                json.WriteRawValue(payload);
            }

            json.WriteEndObject();
        }

        return answer.WrittenMemory;
    }
}
