using Portable.Generator.Emit.Manifest;
using Portable.Generator.Model;

namespace Portable.Generator.Emit;

/// <summary>What clouds have in common whose host is ours and needs no class per function.</summary>
internal abstract class HostEmitter : ICloudEmitter
{
    public abstract Cloud Cloud { get; }

    public virtual Hosting Hosting => Hosting.Native;

    public abstract string Adapter { get; }

    public abstract string Run { get; }

    public virtual string? WorkflowBackend => null;

    public virtual string? OutputBackend => null;

    public virtual bool HasStepsFunction => true;

    public EmittedFile? Function(FunctionEntry function, Options options) => null;

    public IEnumerable<EmittedFile> Workflow(WorkflowUnit unit, Options options) => [];

    public IEnumerable<EmittedFile> Application(ApplicationModel application, Options options) => [];

    public string Handler(string name, string @namespace, string identifier, bool isSteps, TriggerModel? trigger, Options options) => name;

    public virtual void Platform(ManifestWriter json, FunctionEntry function)
    {
    }

    public virtual EmittedFile? Definition(WorkflowUnit unit) => null;

    public virtual IEnumerable<SubstitutionModel> Substitutions(WorkflowEntry workflow) => [];
}
