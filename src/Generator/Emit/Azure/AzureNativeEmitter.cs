using Portable.Generator.Model;

namespace Portable.Generator.Emit.Azure;

/// <summary>The custom handler: our own host behind the Functions host. Durable orchestrations need the isolated worker.</summary>
internal sealed class AzureNativeEmitter : HostEmitter
{
    public override Cloud Cloud => Cloud.Azure;

    public override string Adapter => "Portable.Azure.CustomHandlerHost";

    public override string? WorkflowBackend => "Portable.Azure.Workflows.AzureWorkflows";

    public override string? OutputBackend => "Portable.Azure.AzureOutputs";

    public override string Run => "global::Portable.Azure.CustomHandlerHost.RunAsync(PortableApplication.Shared, args)";

    public override bool HasStepsFunction => false;
}
