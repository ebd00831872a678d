using Portable.Generator.Emit.Manifest;
using Portable.Generator.Model;

namespace Portable.Generator.Emit.Gcp;

/// <summary>The Functions Framework: one class per function, an <c>IHttpFunction</c>, or an <c>ICloudEventFunction</c> for messages.</summary>
internal sealed class GcpManagedEmitter : ICloudEmitter
{
    private const string Framework = "global::Google.Cloud.Functions.Framework.";
    private const string Attributes = "global::System.Collections.Generic.IEnumerable<global::System.Collections.Generic.KeyValuePair<string, string>>";
    private const string Task = "global::System.Threading.Tasks.Task";

    public Cloud Cloud => Cloud.Gcp;

    public Hosting Hosting => Hosting.Managed;

    public string Adapter => "Portable.Gcp.GcpFunction";

    public string Run => "global::Google.Cloud.Functions.Hosting.EntryPoint.StartAsync(typeof(PortableHost).Assembly, args)";

    public string? WorkflowBackend => "Portable.Gcp.Workflows.GoogleWorkflows";

    public string? OutputBackend => "Portable.Gcp.GoogleOutputs";

    public void Platform(ManifestWriter json, FunctionEntry function) => GooglePlatform.Write(json, function);

    public bool HasStepsFunction => true;

    public EmittedFile? Function(FunctionEntry function, Options options) => new EmittedFile(
        CodeFile.NameOf(function.Namespace, function.Identifier, ".Gcp"),
        function.Trigger is MessageTriggerModel ? Event(function) : Http(function.Namespace, function.Identifier + "_Http", function.Name));

    public IEnumerable<EmittedFile> Workflow(WorkflowUnit unit, Options options) =>
    [
        new EmittedFile(
            CodeFile.NameOf(unit.Workflow.Namespace, unit.Workflow.Identifier, ".Gcp"),
            Http(unit.Workflow.Namespace, unit.Workflow.Identifier + "_Steps_Http", unit.Workflow.Name + "-steps")),
    ];

    public IEnumerable<EmittedFile> Application(ApplicationModel application, Options options) => [];

    public string Handler(string name, string @namespace, string identifier, bool isSteps, TriggerModel? trigger, Options options) =>
        $"{@namespace}.{identifier}{(isSteps ? "_Steps" : "")}{(trigger is MessageTriggerModel ? "_Event" : "_Http")}".Replace("@", "");

    public EmittedFile? Definition(WorkflowUnit unit) => GoogleWorkflowDefinition.Definition(unit);

    public IEnumerable<SubstitutionModel> Substitutions(WorkflowEntry workflow) => GoogleWorkflowDefinition.Substitutions(workflow);

    private static string Http(string @namespace, string type, string name)
    {
        var writer = CodeFile.Begin(@namespace)
            .Line($"/// <summary>The Functions Framework's entry point of <c>{name}</c>.</summary>")
            .Line(CodeFile.Generated)
            .Open($"public sealed class {type} : {Framework}IHttpFunction")
            .Line(Field(name))
            .Line()
            .Line("/// <inheritdoc/>")
            .Line($"public {Task} HandleAsync(global::Microsoft.AspNetCore.Http.HttpContext context) => Function.HandleAsync(context);");
        return writer.Close().ToString();
    }

    private static string Event(FunctionEntry function)
    {
        var writer = CodeFile.Begin(function.Namespace)
            .Line($"/// <summary>The Functions Framework's entry point of <c>{function.Name}</c>.</summary>")
            .Line(CodeFile.Generated)
            .Open($"public sealed class {function.Identifier}_Event : {Framework}ICloudEventFunction")
            .Line(Field(function.Name))
            .Line()
            .Line("/// <inheritdoc/>")
            .Line($"public {Task} HandleAsync(global::CloudNative.CloudEvents.CloudEvent cloudEvent, global::System.Threading.CancellationToken cancellationToken) =>");
        writer.Indentation++;
        writer.Line("Function.HandleEventAsync(Attributes(cloudEvent), cloudEvent.Data, cancellationToken);");
        writer.Indentation--;
        writer.Line()
            .Open($"private static {Attributes} Attributes(global::CloudNative.CloudEvents.CloudEvent cloudEvent)")
            .Open("foreach (var (attribute, value) in cloudEvent.GetPopulatedAttributes())")
            .Line("yield return new(attribute.Name, attribute.Format(value));")
            .Close()
            .Close();
        return writer.Close().ToString();
    }

    private static string Field(string name) =>
        $"private static readonly global::Portable.Gcp.GcpFunction Function = new(global::Portable.Generated.PortableApplication.Shared, {CodeFile.Text(name)});";
}
