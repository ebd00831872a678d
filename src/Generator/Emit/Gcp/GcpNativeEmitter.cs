using Portable.Generator.Emit.Manifest;
using Portable.Generator.Model;

namespace Portable.Generator.Emit.Gcp;

/// <summary>Cloud Run: our own host on <c>$PORT</c>, the function chosen by <c>FUNCTION_TARGET</c>.</summary>
internal sealed class GcpNativeEmitter : HostEmitter
{
    public override Cloud Cloud => Cloud.Gcp;

    public override string Adapter => "Portable.Gcp.CloudRunHost";

    public override string? WorkflowBackend => "Portable.Gcp.Workflows.GoogleWorkflows";

    public override string? OutputBackend => "Portable.Gcp.GoogleOutputs";

    public override void Platform(ManifestWriter json, FunctionEntry function) => GooglePlatform.Write(json, function);

    public override string Run => "global::Portable.Gcp.CloudRunHost.RunAsync(PortableApplication.Shared, args)";

    public override EmittedFile? Definition(WorkflowUnit unit) => GoogleWorkflowDefinition.Definition(unit);

    public override IEnumerable<SubstitutionModel> Substitutions(WorkflowEntry workflow) => GoogleWorkflowDefinition.Substitutions(workflow);
}
