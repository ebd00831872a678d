using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Portable.Runtime;

/// <summary>
/// The application as hosts see it: what the generator found, and the services, built when the first function asks for one.
/// A function that needs no service pays for no container.
/// </summary>
public sealed partial class PortableApp : IAsyncDisposable
{
    private const string DefaultName = "application";

    private readonly Action<IPortableBuilder>? _configure;
    private readonly Func<PortableApp, IServiceProvider>? _build; // null where nothing uses services: then no code for them is linked
    private readonly object _gate = new();
    private readonly SecretsDefinition? _secrets;
    private IServiceProvider? _services;

    /// <summary>Describes an application; emitted code calls this.</summary>
    /// <param name="cloud">Where the code runs: <c>local</c>, <c>aws</c>, <c>gcp</c> or <c>azure</c>.</param>
    /// <param name="functions">Every function, the step functions of workflows included.</param>
    /// <param name="workflows">Every workflow.</param>
    /// <param name="configure">The startup class's <c>Configure</c>, or <see langword="null"/> when there is none.</param>
    /// <param name="time">The clock; the system's when <see langword="null"/>.</param>
    /// <param name="backend">The way to the cloud's workflow engine; <see langword="null"/> where nothing goes that way.</param>
    /// <param name="outputs">The way to the cloud's queues, bus and buckets; <see langword="null"/> where nothing goes that way.</param>
    /// <param name="contracts">The JSON contexts of the application, for what is sent and published.</param>
    /// <param name="name">The name of the application, for what it publishes.</param>
    /// <param name="telemetry">What watches invocations, where the application exports what it sees.</param>
    /// <param name="secrets">The secrets of the application; <see langword="null"/> for none.</param>
    public PortableApp(
        string cloud,
        IReadOnlyList<FunctionDefinition> functions,
        IReadOnlyList<WorkflowDefinition> workflows,
        Action<IPortableBuilder>? configure = null,
        TimeProvider? time = null,
        IWorkflowBackend? backend = null,
        IOutputBackend? outputs = null,
        IReadOnlyList<IJsonTypeInfoResolver>? contracts = null,
        string? name = null,
        InvocationTelemetry? telemetry = null,
        SecretsDefinition? secrets = null)
        : this(cloud, functions, workflows, time, backend, outputs)
    {
        Telemetry = telemetry;
        _exports = telemetry is not null;
        _secrets = secrets;
        Secrets = secrets is null ? null : new SecretStore(secrets, this, Environment.GetEnvironmentVariable);
        Contracts = contracts ?? [];
        Name = name ?? DefaultName;
        _configure = configure;
        _build = static app => app.BuildServices();
    }

    private PortableApp(string cloud, IReadOnlyList<FunctionDefinition> functions, IReadOnlyList<WorkflowDefinition> workflows, TimeProvider? time, IWorkflowBackend? backend, IOutputBackend? outputs)
    {
        Cloud = cloud;
        Functions = functions;
        Workflows = workflows;
        Time = time ?? TimeProvider.System;
        Backend = backend;
        Outputs = outputs;
        Contracts = [];
        Name = DefaultName;
    }

    /// <summary>
    /// Describes an application whose functions use no services: container, configuration and logging are then not even linked into
    /// an AOT-compiled program. Emitted code calls this where nothing asks for a service.
    /// </summary>
    public static PortableApp WithoutServices(string cloud, IReadOnlyList<FunctionDefinition> functions, IReadOnlyList<WorkflowDefinition> workflows, TimeProvider? time = null, IWorkflowBackend? backend = null, IOutputBackend? outputs = null) =>
        new(cloud, functions, workflows, time, backend, outputs);

    /// <summary>The name of the application: that of its assembly; <c>application</c> where nothing says it.</summary>
    public string Name { get; }

    /// <summary>Where the code runs.</summary>
    public string Cloud { get; }

    /// <summary>Every function.</summary>
    public IReadOnlyList<FunctionDefinition> Functions { get; }

    /// <summary>Every workflow.</summary>
    public IReadOnlyList<WorkflowDefinition> Workflows { get; }

    /// <summary>The clock of deadlines, timers and retries.</summary>
    public TimeProvider Time { get; }

    /// <summary>The way to the cloud's workflow engine; <see langword="null"/> where nothing goes that way.</summary>
    public IWorkflowBackend? Backend { get; }

    /// <summary>The way to the cloud's queues, bus and buckets; <see langword="null"/> where nothing goes that way.</summary>
    public IOutputBackend? Outputs { get; }

    /// <summary>The JSON contexts of the application, for what is sent and published.</summary>
    public IReadOnlyList<IJsonTypeInfoResolver> Contracts { get; }

    internal SecretStore? Secrets { get; }

    /// <summary>The services of the application, built at the first use.</summary>
    /// <exception cref="InvalidOperationException">The application was described as one without services.</exception>
    public IServiceProvider Services => _services ?? BuildOnce();

    /// <summary>The same application with another configuration on top, another clock, other workflows or outputs; for tests and local hosts.</summary>
    public PortableApp With(Action<IPortableBuilder>? configure = null, TimeProvider? time = null, IReadOnlyList<WorkflowDefinition>? workflows = null, IOutputBackend? outputs = null) =>
        new(Cloud, Functions, workflows ?? Workflows, _configure + configure, time ?? Time, Backend, outputs ?? Outputs, Contracts, Name, _exports ? Telemetry : null, _secrets) { Telemetry = Telemetry };

    /// <summary>Finds a function by name, ignoring case.</summary>
    public FunctionDefinition? FindFunction(string name)
    {
        foreach (var function in Functions)
        {
            if (string.Equals(function.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return function;
            }
        }

        return null;
    }

    /// <summary>Disposes the services, if any were built.</summary>
    public ValueTask DisposeAsync() => _services is IAsyncDisposable services ? services.DisposeAsync() : ValueTask.CompletedTask;

    private IServiceProvider BuildOnce()
    {
        lock (_gate)
        {
            return _services ??= _build?.Invoke(this) ?? throw new InvalidOperationException("This application was built as one without services.");
        }
    }

    private ServiceProvider BuildServices()
    {
        var builder = new PortableBuilder(Cloud, Time, Mask);
        if (Backend is { } backend)
        {
            builder.Services.AddSingleton(_ => backend.CreateClient(this));
        }

        builder.Services.AddSingleton(Mask);
        builder.Services.AddSingleton<ISecrets>(Secrets ?? new SecretStore(new SecretsDefinition(), this, Environment.GetEnvironmentVariable));
        foreach (var function in Functions)
        {
            (function as HttpFunction)?.Authorization?.Configure(builder.Services);
        }

        _configure?.Invoke(builder);
        if (Secrets is { } secrets)
        {
            _secrets!.Bind(builder.Services, secrets);
        }

        OutputServices.Register(builder.Services, this);
        return builder.Build();
    }
}
