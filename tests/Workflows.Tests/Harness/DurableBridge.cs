using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Durable;
using Portable.Runtime;
using Portable.Testing;
using Portable.Testing.Durable;

namespace Portable.Workflows.Tests.Harness;

/// <summary>Compiles the emitted orchestrator against the vendor's contract and runs it on the replay engine.</summary>
public static class DurableBridge
{
    private static readonly AsyncLocal<PortableApp?> CurrentApp = new();
    private static readonly ConcurrentDictionary<string, Lazy<Assembly>> Assemblies = new(StringComparer.Ordinal);

    /// <summary>What emitted code sees as <c>PortableApplication.Shared</c>.</summary>
    public static PortableApp App => CurrentApp.Value ?? throw new InvalidOperationException("No run is going on.");

    internal static async Task<SimulationResult> RunAsync(WorkflowModel model, UserWorkflow user, string input)
    {
        var type = TypeOf(model, "Orchestrator");
        using var run = Begin(user);
        var engine = new ReplayEngine(
            async replay =>
            {
                var orchestrator = (ITaskOrchestrator)Activator.CreateInstance(type)!;
                var output = await orchestrator.RunAsync(new Context(replay), JsonDocument.Parse(replay.Input!).RootElement);
                return ((JsonElement)output!).GetRawText();
            },
            new ReplayOptions { Name = model.Name, FailureException = static (name, id, failure) => new TaskFailedException(name, id, Details(failure)) });
        return await engine.RunAsync(input, call => AnswerAsync(model, user, call), TestContext.Current.CancellationToken);
    }

    private static async ValueTask<StepReply> AnswerAsync(WorkflowModel model, UserWorkflow user, StepInvocation call)
    {
        var request = StepRequest.Parse(System.Text.Encoding.UTF8.GetBytes(call.Input));
        return call.Step == model.Name + Portable.Azure.ReplayedWorkflow.PublishSuffix
            ? StepReply.Success("null")
            : await user.CallAsync(call with { Step = call.Step[(model.Name.Length + 1)..], Input = System.Text.Encoding.UTF8.GetString(request.Input.Span), Attempt = request.Attempt });
    }

    /// <summary>Makes the workflow's application the one that emitted code sees.</summary>
    internal static IDisposable Begin(UserWorkflow user)
    {
        var app = user.App();
        CurrentApp.Value = app;
        return new Ending(app);
    }

    /// <summary>An emitted class: <c>Orchestrator</c>, <c>Activity</c> or <c>Durable</c>.</summary>
    internal static Type TypeOf(WorkflowModel model, string kind) =>
        Assemblies.GetOrAdd(model.Name, _ => new Lazy<Assembly>(() => Compile(model))).Value.GetType($"{model.Namespace}.{model.Identifier}_{kind}", throwOnError: true)!;

    internal static CSharpCompilation CompilationOf(WorkflowModel model) => Compiled.Compile(
        DurableEmitter.Emit(model),
        DurableContextEmitter.Source,
        "namespace Portable.Generated { internal static class PortableApplication { public static global::Portable.Runtime.PortableApp Shared => global::Portable.Workflows.Tests.Harness.DurableBridge.App; } }",
        $"namespace {model.Namespace} {{ internal static class {model.Identifier} {{ public static global::Portable.Runtime.WorkflowDefinition Definition => global::Portable.Workflows.Tests.Harness.DurableBridge.App.Workflows[0]; }} }}")
        .WithAssemblyName($"Durable.{model.Identifier}")
        .AddReferences(MetadataReference.CreateFromFile(typeof(DurableBridge).Assembly.Location));

    private static Assembly Compile(WorkflowModel model)
    {
        using var image = new MemoryStream();
        var emitted = CompilationOf(model).Emit(image);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        image.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(image);
    }

    internal static TaskFailureDetails Details(ReplayFailure failure) =>
        new(failure.ErrorType, failure.ErrorMessage, failure.StackTrace, failure.InnerFailure is { } inner ? Details(inner) : null, null);

    private sealed class Ending(PortableApp app) : IDisposable
    {
        public void Dispose() => app.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    internal sealed class Context(ReplayContext replay) : TaskOrchestrationContext
    {
        public override TaskName Name => replay.Name;

        public override string InstanceId => replay.InstanceId;

        public override ParentOrchestrationInstance? Parent => null;

        public override DateTime CurrentUtcDateTime => replay.CurrentUtcDateTime;

        public override bool IsReplaying => replay.IsReplaying;

        protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

        public override T? GetInput<T>()
            where T : default => replay.Input is null ? default : JsonSerializer.Deserialize<T>(replay.Input);

        public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null) =>
            JsonSerializer.Deserialize<TResult>(await replay.CallActivityAsync(name, JsonSerializer.Serialize(input)))!;

        public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) => replay.CreateTimer(fireAt, cancellationToken);

        public override Guid NewGuid() => replay.NewGuid();

        public override async Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) =>
            JsonSerializer.Deserialize<T>(await replay.WaitForExternalEvent(eventName, cancellationToken))!;

        public override async Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
            JsonSerializer.Deserialize<TResult>(await replay.CallSubOrchestratorAsync(orchestratorName, JsonSerializer.Serialize(input), (options as SubOrchestrationOptions)?.InstanceId))!;

        // An emitted orchestrator calls none of these.
        public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();

        public override void SetCustomStatus(object? customStatus) => throw new NotSupportedException();

        public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => throw new NotSupportedException();
    }
}
