using Portable.Generator.Model;

namespace Portable.Generator.Emit.Application;

/// <summary>Writes what an application has once: the registry of its functions and workflows, how the process runs, and Main.</summary>
internal static class ApplicationEmitter
{
    private const string Runtime = "global::Portable.Runtime.";

    public static EmittedFile Registry(ApplicationModel application, Options options, ICloudEmitter cloud)
    {
        var writer = CodeFile.Begin("Portable.Generated")
            .Line("/// <summary>Every function and workflow of this application.</summary>")
            .Line(CodeFile.Generated)
            .Open("internal static class PortableApplication")
            .Line($"private static readonly global::System.Lazy<{Runtime}PortableApp> Instance = new(Create);")
            .Line()
            .Line("/// <summary>The application of this process.</summary>")
            .Line($"public static {Runtime}PortableApp Shared => Instance.Value;")
            .Line()
            .Line("/// <summary>A new application with services of its own.</summary>")
            .Line($"public static {Runtime}PortableApp Create() => {(application.UsesServices ? "new" : $"{Runtime}PortableApp.WithoutServices")}(");
        writer.Indentation++;
        writer.Line($"{CodeFile.Text(options.Cloud.ToString().ToLowerInvariant())},");
        List(writer, "functions", application.Functions.Select(static function => $"global::{function.Namespace}.{function.Identifier}.Definition")
            .Concat(cloud.HasStepsFunction ? application.Workflows.Select(static workflow => $"global::{workflow.Namespace}.{workflow.Identifier}.Steps") : []));
        var more = More(application, options, cloud).ToList();
        List(writer, "workflows", application.Workflows.Select(static workflow => $"global::{workflow.Namespace}.{workflow.Identifier}.Definition"), last: more.Count == 0);
        for (var i = 0; i < more.Count; i++)
        {
            writer.Line(more[i] + (i == more.Count - 1 ? ");" : ","));
        }

        writer.Indentation--;
        return new EmittedFile("PortableApplication.g.cs", writer.Close().ToString());
    }

    public static EmittedFile Host(Options options, ICloudEmitter cloud)
    {
        var writer = CodeFile.Begin("Portable.Generated")
            .Line($"/// <summary>Runs this application where it was built for: {options.Cloud.ToString().ToLowerInvariant()}{(options.Cloud == Cloud.Local ? "" : ", " + options.Hosting.ToString().ToLowerInvariant())}.</summary>")
            .Line(CodeFile.Generated)
            .Open("internal static class PortableHost")
            .Line("/// <summary>Runs until the platform ends the process; returns its exit code.</summary>")
            .Line("public static global::System.Threading.Tasks.Task<int> RunAsync(string[] args) =>");
        writer.Indentation++;
        writer.Line($"{cloud.Run};");
        writer.Indentation--;
        return new EmittedFile("PortableHost.g.cs", writer.Close().ToString());
    }

    public static EmittedFile Main()
    {
        var writer = CodeFile.Begin("Portable.Generated")
            .Line("/// <summary>The process's entry point. To write your own, set PortableGenerateMain to false and call PortableHost.RunAsync.</summary>")
            .Line(CodeFile.Generated)
            .Open("internal static class PortableProgram")
            .Line("private static global::System.Threading.Tasks.Task<int> Main(string[] args) => PortableHost.RunAsync(args);");
        return new EmittedFile("PortableMain.g.cs", writer.Close().ToString());
    }

    /// <summary>The arguments after functions and workflows.</summary>
    private static IEnumerable<string> More(ApplicationModel application, Options options, ICloudEmitter cloud)
    {
        if (application.UsesServices)
        {
            yield return application.Startup is { } startup ? $"configure: static app => new {startup.FullName}().Configure(app)" : "configure: null";
        }

        if (application.UsesWorkflowBackend && options.HasHost && cloud.WorkflowBackend is { } backend)
        {
            yield return $"backend: new global::{backend}()";
        }

        if (application.Sends && options.HasOutputs)
        {
            yield return $"outputs: new global::{cloud.OutputBackend}()";
        }

        if (application.Sends && application.UsesServices)
        {
            yield return $"contracts: [{string.Join(", ", application.JsonContexts.Select(static context => $"{context}.Default"))}]";
            yield return $"name: {CodeFile.Text(options.AssemblyName)}";
        }

        if (application.Startup is not null && options.ExportsTelemetry)
        {
            yield return $"telemetry: {Runtime}ActivityTelemetry.Instance";
        }

        if (application.UsesServices && application.HasSecrets)
        {
            yield return $"secrets: {SecretsEmitter.Definition}";
        }
    }

    private static void List(Helpers.SourceWriter writer, string name, IEnumerable<string> items, bool last = false)
    {
        var all = items.ToList();
        var end = last ? ");" : ",";
        if (all.Count == 0)
        {
            writer.Line($"{name}: []{end}");
            return;
        }

        writer.Line($"{name}:").Line("[");
        writer.Indentation++;
        foreach (var item in all)
        {
            writer.Line(item + ",");
        }

        writer.Indentation--;
        writer.Line("]" + end);
    }
}
