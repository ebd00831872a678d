using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace Microsoft.Azure.Cosmos;

public class CosmosException : System.Exception { public HttpStatusCode StatusCode { get; set; } }

public class Container
{
    public virtual Task<T> CreateItemAsync<T>(T item, CancellationToken cancellationToken = default) => Task.FromResult(item);
    public virtual Task<T> UpsertItemAsync<T>(T item, CancellationToken cancellationToken = default) => Task.FromResult(item);
}
