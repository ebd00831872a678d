using Portable.Generator.Emit.Manifest;
using Portable.Generator.Model;

namespace Portable.Generator.Emit;

/// <summary>
/// What a cloud and hosting add to the neutral code: entry points, and how the process starts. A new cloud is a folder with an
/// implementation and a line in <see cref="CloudEmitters"/>; no emitter knows another.
/// </summary>
internal interface ICloudEmitter
{
    Cloud Cloud { get; }

    Hosting Hosting { get; }

    /// <summary>A type of the adapter's that entry points bind to, by metadata name. Without it the project is a library that an application refers to.</summary>
    string Adapter { get; }

    /// <summary>The entry point of one function, where the vendor's runtime calls into a class per function.</summary>
    EmittedFile? Function(FunctionEntry function, Options options);

    /// <summary>The entry points of one workflow.</summary>
    IEnumerable<EmittedFile> Workflow(WorkflowUnit unit, Options options);

    /// <summary>Files that are there once.</summary>
    IEnumerable<EmittedFile> Application(ApplicationModel application, Options options);

    /// <summary>The expression, of type <c>Task&lt;int&gt;</c>, that runs the process; <c>args</c> are its arguments.</summary>
    string Run { get; }

    /// <summary>What the cloud is told to run for a function: a handler string, a type or a name.</summary>
    string Handler(string name, string @namespace, string identifier, bool isSteps, TriggerModel? trigger, Options options);

    /// <summary>Writes what the cloud's own tools need to know of a function's trigger, as the member <c>platform</c>; nothing where the trigger says it all.</summary>
    void Platform(ManifestWriter json, FunctionEntry function);

    /// <summary>The adapter's type for the way to the workflow engine; <see langword="null"/> where the host provides it.</summary>
    string? WorkflowBackend { get; }

    /// <summary>The adapter's type for the way to queues, buckets and the bus, by metadata name; <see langword="null"/> where the host provides it.</summary>
    string? OutputBackend { get; }

    /// <summary>Whether the workflow's steps are deployed as one function there.</summary>
    bool HasStepsFunction { get; }

    /// <summary>The definition of a workflow as a file beside the code: its path and text; <see langword="null"/> when it is code.</summary>
    EmittedFile? Definition(WorkflowUnit unit);

    /// <summary>What that file leaves to whoever deploys it.</summary>
    IEnumerable<SubstitutionModel> Substitutions(WorkflowEntry workflow);
}
