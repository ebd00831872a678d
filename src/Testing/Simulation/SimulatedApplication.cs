using System.Reflection;
using System.Text.Json;
using Portable.Runtime;

namespace Portable.Testing;

/// <summary>The application whose workflow is simulated: found by what was emitted into its assembly.</summary>
internal sealed class SimulatedApplication
{
    private readonly Assembly _assembly;
    private readonly Dictionary<string, string> _artifacts;
    private readonly Dictionary<(string Workflow, string Step), string> _endpoints = [];
    private readonly Dictionary<(string Workflow, string Step), int> _inferenceTimeouts = [];
    private readonly HashSet<(string Workflow, string Step)> _lifted = [];
    private readonly HashSet<string> _express = [];

    private SimulatedApplication(Assembly assembly)
    {
        _assembly = assembly;
        _artifacts = assembly.GetCustomAttributes<PortableArtifactAttribute>().GroupBy(static artifact => artifact.Path, StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => group.First().Content, StringComparer.Ordinal);
        var create = assembly.GetType("Portable.Generated.PortableApplication")?.GetMethod("Create", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            ?? throw new SimulationSetupException($"{assembly.GetName().Name} is no Portable application: nothing was emitted into it. Does its project reference the package Portable?");
        App = (PortableApp)create.Invoke(null, null)!;
        ReadManifest();
    }

    /// <summary>The application as emitted; its services are built when something asks for them.</summary>
    public PortableApp App { get; }

    public static SimulatedApplication Of(Assembly assembly) => new(assembly);

    /// <summary>The workflow of a class.</summary>
    public static string WorkflowOf(Type type)
    {
        var names = type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(static method => method.GetCustomAttribute<WorkflowAttribute>()?.Name).OfType<string>().ToList();
        return names switch
        {
            [var name] => name,
            [] => throw new SimulationSetupException($"No method of {type.Name} has [Workflow]."),
            _ => throw new SimulationSetupException($"{type.Name} has several workflows: {string.Join(", ", names)}. Say which one: WorkflowSimulator.For<{type.Name}>(engine, \"{names[0]}\")."),
        };
    }

    public WorkflowDefinition Workflow(string name) => App.Workflows.FirstOrDefault(workflow => workflow.Name == name)
        ?? throw new SimulationSetupException($"The application has no workflow '{name}'; it has {string.Join(", ", App.Workflows.Select(static workflow => $"'{workflow.Name}'"))}.");

    /// <summary>A workflow and all that it may run, itself first.</summary>
    public IReadOnlyList<WorkflowDefinition> Family(string name)
    {
        List<WorkflowDefinition> family = [Workflow(name)];
        for (var i = 0; i < family.Count; i++)
        {
            family.AddRange(family[i].Children.Values.Where(child => family.TrueForAll(known => known.Name != child)).Distinct().Select(Workflow));
        }

        return family;
    }

    /// <summary>The text of a definition.</summary>
    public string Definition(string workflow, Engine engine)
    {
        var path = engine == Engine.StepFunctions ? $"definitions/aws/{workflow}.asl.json" : $"definitions/gcp/{workflow}.workflows.yaml";
        if (_artifacts.TryGetValue(path, out var text))
        {
            return text;
        }

        var folder = path[..(path.LastIndexOf('/') + 1)];
        throw new SimulationSetupException(_artifacts.Keys.Any(known => known.StartsWith(folder, StringComparison.Ordinal))
            ? $"The workflow '{workflow}' has no definition for {engine}: the analyzers say why it cannot be compiled to it."
            : $"{_assembly.GetName().Name}, built for {App.Cloud}, carries no definitions for {engine}. Local builds do; others do with -p:PortableDefinitions=all.");
    }

    /// <summary>The endpoint of an inference; <see langword="null"/> for a step.</summary>
    public string? EndpointOf(string workflow, string step) => _endpoints.GetValueOrDefault((workflow, step));

    /// <summary>How long a call of a step may take; 0 when it may take any time. That of an inference is the emitted method's affair, so its definition has none.</summary>
    public int TimeoutOf(string workflow, StepDefinition step) => _inferenceTimeouts.GetValueOrDefault((workflow, step.Name), step.TimeoutSeconds);

    /// <summary>The steps of a workflow that call endpoints.</summary>
    public IEnumerable<(string Step, string Endpoint)> Endpoints(string workflow) =>
        _endpoints.Where(entry => entry.Key.Workflow == workflow).Select(static entry => (entry.Key.Step, entry.Value));

    /// <summary>Whether a step was made of an expression of the workflow's body: it is no step of the user's.</summary>
    public bool IsLifted(string workflow, string step) => _lifted.Contains((workflow, step));

    /// <summary>Whether a workflow is an Express workflow on Step Functions.</summary>
    public bool IsExpress(string workflow) => _express.Contains(workflow);

    private void ReadManifest()
    {
        if (!_artifacts.TryGetValue("portable.json", out var text))
        {
            return;
        }

        using var manifest = JsonDocument.Parse(text);
        foreach (var workflow in manifest.RootElement.GetProperty("workflows").EnumerateArray())
        {
            var name = workflow.GetProperty("name").GetString()!;
            if (workflow.TryGetProperty("express", out var express) && express.GetBoolean())
            {
                _express.Add(name);
            }

            foreach (var step in workflow.GetProperty("steps").EnumerateArray())
            {
                var key = (name, step.GetProperty("name").GetString()!);
                if (step.TryGetProperty("endpoint", out var endpoint))
                {
                    _endpoints[key] = endpoint.GetString()!;
                    _inferenceTimeouts[key] = step.TryGetProperty("timeoutSeconds", out var timeout) ? timeout.GetInt32() : 0;
                }

                if (step.TryGetProperty("generated", out var generated) && generated.GetBoolean())
                {
                    _lifted.Add(key);
                }
            }
        }
    }
}
