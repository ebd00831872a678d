using Portable.Generator.Emit.Manifest;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Durable;

namespace Portable.Generator.Emit.Azure;

/// <summary>
/// The isolated worker: a wrapper per function with the vendor's own trigger attributes, which its post-build step and its input
/// converters need, and a start-up class that tells the worker of functions that its own generator cannot see.
/// </summary>
internal sealed class AzureManagedEmitter : ICloudEmitter
{
    private const string Worker = "global::Microsoft.Azure.Functions.Worker.";
    private const string Task = "global::System.Threading.Tasks.Task";

    public Cloud Cloud => Cloud.Azure;

    public Hosting Hosting => Hosting.Managed;

    public string Adapter => "Portable.Azure.AzureFunction";

    public string Run => "AzureWorker.RunAsync(args)";

    public string? WorkflowBackend => "Portable.Azure.Workflows.AzureWorkflows";

    public string? OutputBackend => "Portable.Azure.AzureOutputs";

    public bool HasStepsFunction => false;

    public EmittedFile? Function(FunctionEntry function, Options options)
    {
        var binding = AzureBindings.Of(function.Name, function.Trigger);
        var writer = CodeFile.Begin(function.Namespace)
            .Line($"/// <summary>The isolated worker's entry point of <c>{function.Name}</c>.</summary>")
            .Line(CodeFile.Generated)
            .Open($"public static class {function.Identifier}_Worker")
            .Line($"private static readonly global::Portable.Azure.AzureFunction Function = new(global::Portable.Generated.PortableApplication.Shared, {CodeFile.Text(function.Name)});")
            .Line()
            .Line("/// <summary>Called by the worker, which finds the parameters by name.</summary>")
            .Line($"[{Attribute($"Function({CodeFile.Text(function.Name)})")}]");
        if (AzureRetry.Of(function.Trigger, function.Retry) is { } retry)
        {
            writer.Line($"[{Attribute(retry.Attribute)}]");
        }

        var result = function.Trigger is HttpTriggerModel ? $"{Task}<{Worker}Http.HttpResponseData>" : Task;
        writer.Line($"public static {result} Run([{Attribute(binding.Attribute)}] {binding.Parameter}, {Worker}FunctionContext context) =>");
        writer.Indentation++;
        writer.Line(Call(function.Trigger, binding.Name));
        writer.Indentation--;
        return new EmittedFile(CodeFile.NameOf(function.Namespace, function.Identifier, ".Azure"), writer.Close().ToString());
    }

    public IEnumerable<EmittedFile> Workflow(WorkflowUnit unit, Options options) =>
        [new EmittedFile(CodeFile.NameOf(unit.Workflow.Namespace, unit.Workflow.Identifier, ".Durable"), DurableEmitter.Emit(unit.Workflow))];

    public IEnumerable<EmittedFile> Application(ApplicationModel application, Options options)
    {
        var functions = application.Functions
            .Select(function => new AzureFunctionMetadata(
                function.Name,
                Handler(function.Name, function.Namespace, function.Identifier, false, function.Trigger, options),
                AzureBindings.Of(function.Name, function.Trigger).Raw,
                AzureRetry.Of(function.Trigger, function.Retry)))
            .Concat(application.Workflows.SelectMany(AzureDurableMetadata.Functions));
        EmittedFile[] durable = application.Workflows.Count > 0 ? [new EmittedFile("PortableDurableContext.g.cs", DurableContextEmitter.Source)] : [];
        return [AzureWorkerEmitter.Startup(options, functions), AzureWorkerEmitter.Http(), .. durable];
    }

    public string Handler(string name, string @namespace, string identifier, bool isSteps, TriggerModel? trigger, Options options) =>
        $"{@namespace}.{identifier}_Worker.Run".Replace("@", "");

    public void Platform(ManifestWriter json, FunctionEntry function)
    {
    }

    public EmittedFile? Definition(WorkflowUnit unit) => null;

    public IEnumerable<SubstitutionModel> Substitutions(WorkflowEntry workflow) => [];

    private static string Call(TriggerModel trigger, string parameter)
    {
        const string retries = "context.RetryContext?.RetryCount ?? 0";
        const string tail = "context.InvocationId, context.TraceContext.TraceParent, context.CancellationToken";
        return trigger switch
        {
            HttpTriggerModel => $"global::Portable.Generated.AzureHttp.InvokeAsync(Function, {parameter}, context);",
            ScheduleTriggerModel => $"Function.InvokeScheduleAsync({retries}, {tail});",
            _ => $"Function.InvokeMessagesAsync({parameter}, context.BindingContext.BindingData, {retries}, {tail});",
        };
    }

    /// <summary>An attribute of the vendor's, written out: <c>X(args)</c> becomes <c>global::....XAttribute(args)</c>.</summary>
    private static string Attribute(string use)
    {
        var end = use.IndexOf('(');
        return end < 0 ? $"{Worker}{use}Attribute" : $"{Worker}{use.Substring(0, end)}Attribute{use.Substring(end)}";
    }
}
