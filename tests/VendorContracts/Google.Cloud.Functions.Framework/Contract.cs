using CloudNative.CloudEvents;
using Microsoft.AspNetCore.Http;

namespace Google.Cloud.Functions.Framework;

public interface IHttpFunction
{
    Task HandleAsync(HttpContext context);
}

public interface ICloudEventFunction
{
    Task HandleAsync(CloudEvent cloudEvent, CancellationToken cancellationToken);
}
