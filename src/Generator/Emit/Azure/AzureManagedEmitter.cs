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
        if (function.Trigger is not (HttpTriggerModel or QueueTriggerModel or ScheduleTriggerModel))
        {
            return null;
        }

        var (signature, body) = Entry(function.Trigger);
        var writer = CodeFile.Begin(function.Namespace)
            .Line($"/// <summary>The isolated worker's entry point of <c>{function.Name}</c>.</summary>")
            .Line(CodeFile.Generated)
            .Open($"public static class {function.Identifier}_Worker")
            .Line($"private static readonly global::Portable.Azure.AzureFunction Function = new(global::Portable.Generated.PortableApplication.Shared, {CodeFile.Text(function.Name)});")
            .Line()
            .Line("/// <summary>Called by the worker, which finds the parameters by name.</summary>")
            .Line($"[{Worker}FunctionAttribute({CodeFile.Text(function.Name)})]")
            .Line(signature);
        writer.Indentation++;
        writer.Line(body);
        writer.Indentation--;
        return new EmittedFile(CodeFile.NameOf(function.Namespace, function.Identifier, ".Azure"), writer.Close().ToString());
    }

    public IEnumerable<EmittedFile> Workflow(WorkflowUnit unit, Options options) =>
        [new EmittedFile(CodeFile.NameOf(unit.Workflow.Namespace, unit.Workflow.Identifier, ".Durable"), DurableEmitter.Emit(unit.Workflow))];

    public IEnumerable<EmittedFile> Application(ApplicationModel application, Options options)
    {
        var functions = application.Functions
            .Where(static function => AzureBindings.Raw(function.Trigger).Any())
            .Select(function => (function.Name, Handler(function.Name, function.Namespace, function.Identifier, false, function.Trigger, options), AzureBindings.Raw(function.Trigger)))
            .Concat(application.Workflows.SelectMany(AzureDurableMetadata.Functions));
        EmittedFile[] durable = application.Workflows.Count > 0 ? [new EmittedFile("PortableDurableContext.g.cs", DurableContextEmitter.Source)] : [];
        return [AzureWorkerEmitter.Startup(options, functions), AzureWorkerEmitter.Http(), .. durable];
    }

    public string Handler(string name, string @namespace, string identifier, bool isSteps, TriggerModel? trigger, Options options) =>
        $"{@namespace}.{identifier}_Worker.Run".Replace("@", "");

    public EmittedFile? Definition(WorkflowUnit unit) => null;

    public IEnumerable<SubstitutionModel> Substitutions(WorkflowEntry workflow) => [];

    private static (string Signature, string Body) Entry(TriggerModel trigger)
    {
        const string context = Worker + "FunctionContext context";
        const string tail = "context.InvocationId, context.TraceContext.TraceParent, context.CancellationToken";
        switch (trigger)
        {
            case HttpTriggerModel http:
                var methods = http.Method == "*" ? "" : $", {CodeFile.Text(http.Method.ToLowerInvariant())}";
                return (
                    $"public static {Task}<{Worker}Http.HttpResponseData> Run([{Worker}HttpTriggerAttribute({Worker}AuthorizationLevel.Anonymous{methods}, Route = {CodeFile.Text(AzureBindings.Route(http))})] {Worker}Http.HttpRequestData req, {context}) =>",
                    "global::Portable.Generated.AzureHttp.InvokeAsync(Function, req, context);");
            case QueueTriggerModel queue:
                return (
                    $"public static {Task} Run([{Worker}QueueTriggerAttribute({CodeFile.Text(queue.Queue)}, Connection = {CodeFile.Text(AzureBindings.QueueConnection)})] string message, {context}) =>",
                    $"Function.InvokeQueueAsync(message, context.BindingContext.BindingData, {tail});");
            default:
                return (
                    $"public static {Task} Run([{Worker}TimerTriggerAttribute({CodeFile.Text(AzureBindings.Schedule((ScheduleTriggerModel)trigger))})] {Worker}TimerInfo timer, {context}) =>",
                    $"Function.InvokeScheduleAsync({tail});");
        }
    }
}
