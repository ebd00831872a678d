using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

public sealed class CosmosDBTriggerAttribute(string databaseName, string containerName) : TriggerBindingAttribute
{
    public string ContainerName { get; } = containerName;

    public string DatabaseName { get; } = databaseName;

    public string? Connection { get; set; }

    public string? LeaseContainerName { get; set; }

    public bool CreateLeaseContainerIfNotExists { get; set; }

    public string? LeaseContainerPrefix { get; set; }

    public int MaxItemsPerInvocation { get; set; }

    public bool StartFromBeginning { get; set; }
}
