using Portable.Generator.Emit.Manifest;
using Portable.Generator.Model;

namespace Portable.Generator.Emit.Aws;

/// <summary>Lambda's custom runtime: one <c>bootstrap</c> for all functions, chosen by <c>_HANDLER</c>.</summary>
internal sealed class AwsNativeEmitter : HostEmitter
{
    public override Cloud Cloud => Cloud.Aws;

    public override string Adapter => "Portable.Aws.LambdaBootstrap";

    public override string? WorkflowBackend => "Portable.Aws.Workflows.AwsWorkflows";

    public override string? OutputBackend => "Portable.Aws.AwsOutputs";

    public override string Run => "global::Portable.Aws.LambdaBootstrap.RunAsync(PortableApplication.Shared)";

    public override void Delivery(ManifestWriter json, FunctionEntry function) => AwsDelivery.Write(json, function);

    public override EmittedFile? Definition(WorkflowUnit unit) => StepFunctions.Definition(unit);

    public override IEnumerable<SubstitutionModel> Substitutions(WorkflowEntry workflow) => StepFunctions.Substitutions(workflow);
}
