using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Portable.Generator.Discovery;
using Portable.Generator.Emit;
using Portable.Generator.Emit.Application;
using Portable.Generator.Emit.Functions;
using Portable.Generator.Emit.Inference;
using Portable.Generator.Emit.Manifest;
using Portable.Generator.Emit.Validation;
using Portable.Generator.Emit.Workflows;
using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Graph;
using Portable.Generator.Workflows.Reading;

namespace Portable.Generator;

/// <summary>
/// Emits entry points, workflow definitions and the manifest. This file is the table of contents: what is read, what depends on
/// what, and what is written. All work with symbols happens in the transforms; everything after them is plain, equatable data.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class PortableGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // What is read.
        var options = context.CompilationProvider.Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, cancellation) => OptionsReader.Read(pair.Right.GlobalOptions, pair.Left, cancellation))
            .WithTrackingName(TrackingNames.Options);
        var contexts = Find<JsonContextModel>(context, PortableTypes.JsonSerializableAttribute, TrackingNames.JsonContexts, static (symbol, _, cancellation) =>
            symbol is INamedTypeSymbol type ? JsonContextParser.Parse(type, cancellation) : null);
        var functions = Find<FunctionModel>(context, PortableTypes.FunctionAttribute, TrackingNames.Functions, static (symbol, compilation, cancellation) =>
            symbol is IMethodSymbol method ? FunctionParser.Parse(method, compilation, cancellation).Model : null);
        var workflows = Find<WorkflowModel>(context, WorkflowSymbols.WorkflowAttributeName, TrackingNames.Workflows, static (symbol, compilation, cancellation) =>
            symbol is IMethodSymbol method ? WorkflowParser.Parse(method, compilation, cancellation).Model : null);
        var inferences = Find<InferenceModel>(context, WorkflowSymbols.InferenceAttributeName, TrackingNames.Inferences, static (symbol, compilation, cancellation) =>
            symbol is IMethodSymbol method ? InferenceParser.Parse(method, compilation, cancellation).Model : null);
        var startups = Find<TypeRef>(context, PortableTypes.StartupAttribute, TrackingNames.Startup, static (symbol, _, cancellation) =>
            symbol is INamedTypeSymbol type ? StartupParser.Parse(type, cancellation).Model : null);
        var secrets = Find<SecretPropertyModel>(context, SecretReading.AttributeName, TrackingNames.SecretProperties, static (symbol, _, _) =>
            symbol is IPropertySymbol property ? SecretReading.Of(property) : null);

        // What depends on what.
        var json = contexts.Collect().Select(static (all, _) => new JsonIndex(all.ToEquatableArray())).WithTrackingName(TrackingNames.JsonIndex);
        var workflowUnits = workflows.Combine(json).Select(static (pair, _) => WorkflowUnit.Create(pair.Left, pair.Right)).WithTrackingName(TrackingNames.WorkflowsWithContext);
        var application = functions.Collect().Combine(workflowUnits.Select(static (unit, _) => unit.Workflow).Collect()).Combine(startups.Collect()).Combine(json.Combine(secrets.Collect()))
            .Select(static (all, _) => ApplicationOf(all.Left.Left.Left, all.Left.Left.Right, all.Left.Right, all.Right.Left, all.Right.Right))
            .WithTrackingName(TrackingNames.Application);
        var isEmpty = application.Select(static (all, _) => all.IsEmpty);
        var conflicts = application.Combine(inferences.Collect()).Select(static (all, _) => FileNames.Conflicts(BaseNames(all.Left, all.Right)));
        var setup = options.Combine(conflicts).Select(static (pair, _) => new Setup(pair.Left, pair.Right)).WithTrackingName(TrackingNames.Setup);
        var functionUnits = functions.Combine(json.Combine(setup))
            .Select(static (pair, _) => (Unit: FunctionUnit.Create(pair.Left, pair.Right.Left), Setup: pair.Right.Right))
            .WithTrackingName(TrackingNames.FunctionsWithContext);
        var inferenceUnits = inferences.Combine(json).Select(static (pair, _) => InferenceUnit.Create(pair.Left, pair.Right));
        var validated = functions.Collect().Combine(workflows.Collect())
            .Select(static (all, _) => all.Left.SelectMany(static function => function.Validation).Concat(all.Right.SelectMany(static workflow => workflow.Steps).SelectMany(static step => step.Validation)).Distinct().ToEquatableArray())
            .WithTrackingName(TrackingNames.Validation);
        var clients = inferences.Collect().SelectMany(static (all, _) => OnePerClass(all));

        // What is written: code that user code or the compiler needs at once ...
        context.RegisterSourceOutput(functionUnits, static (output, function) => Add(output, function.Setup, FunctionFiles(function.Unit, function.Setup.Options)));
        context.RegisterSourceOutput(validated.Combine(setup), static (output, pair) => Add(output, pair.Right, ValidatorEmitter.Emit(pair.Left) is { } file ? [file] : []));
        context.RegisterSourceOutput(workflowUnits.Combine(setup), static (output, pair) => Add(output, pair.Right, WorkflowFiles(pair.Left, pair.Right.Options)));
        context.RegisterSourceOutput(inferenceUnits.Combine(setup), static (output, pair) => Add(output, pair.Right, [InferenceEmitter.Emit(pair.Left)]));
        context.RegisterSourceOutput(clients.Combine(setup), static (output, pair) => Add(output, pair.Right, [InferenceEmitter.EmitClient(pair.Left)]));
        context.RegisterSourceOutput(application.Combine(setup), static (output, pair) => Add(output, pair.Right, Registries(pair.Left, pair.Right.Options)));
        context.RegisterSourceOutput(isEmpty.Combine(setup), static (output, pair) => Add(output, pair.Right, pair.Left ? [] : Process(pair.Right.Options)));

        // ... and what only the build needs, which the IDE is spared while one types.
        context.RegisterImplementationSourceOutput(workflowUnits.Combine(setup), static (output, pair) => Add(output, pair.Right, WorkflowArtifacts(pair.Left, pair.Right.Options)));
        context.RegisterImplementationSourceOutput(application.Combine(setup), static (output, pair) => Add(output, pair.Right, ApplicationArtifacts(pair.Left, pair.Right.Options)));
    }

    private static IncrementalValuesProvider<T> Find<T>(
        IncrementalGeneratorInitializationContext context,
        string attribute,
        string trackingName,
        Func<ISymbol, Compilation, CancellationToken, T?> parse)
        where T : class =>
        context.SyntaxProvider
            .ForAttributeWithMetadataName(
                attribute,
                static (node, _) => node is MemberDeclarationSyntax,
                (target, cancellation) => Readings.IsNamed(target.TargetSymbol) ? parse(target.TargetSymbol, target.SemanticModel.Compilation, cancellation) : null)
            .Where(static model => model is not null)
            .WithTrackingName(trackingName)!;

    private static IEnumerable<InferenceModel> OnePerClass(ImmutableArray<InferenceModel> inferences) =>
        inferences.GroupBy(static inference => (inference.Namespace, inference.ContainingTypes)).Select(static group =>
            group.First() with { Name = "", Endpoint = "", TimeoutSeconds = 0, CancellationName = null, Accessibility = "", InputName = "", Input = NoType, Output = NoType });

    private static TypeRef NoType { get; } = new("", "", false);

    private static ApplicationModel ApplicationOf(ImmutableArray<FunctionModel> functions, ImmutableArray<WorkflowModel> workflows, ImmutableArray<TypeRef> startups, JsonIndex json, ImmutableArray<SecretPropertyModel> secrets) => new(
        functions.Select(FunctionEntry.Create).OrderBy(static function => function.Name, StringComparer.Ordinal).ThenBy(static function => function.Identifier, StringComparer.Ordinal).ToEquatableArray(),
        workflows.Select(WorkflowEntry.Create).OrderBy(static workflow => workflow.Name, StringComparer.Ordinal).ThenBy(static workflow => workflow.Identifier, StringComparer.Ordinal).ToEquatableArray(),
        startups.OrderBy(static startup => startup.FullName, StringComparer.Ordinal).FirstOrDefault(),
        json.Contexts.Select(static context => context.FullName).OrderBy(static name => name, StringComparer.Ordinal).ToEquatableArray(),
        secrets.OrderBy(static secret => secret.Owner, StringComparer.Ordinal).ThenBy(static secret => secret.Property, StringComparer.Ordinal).ToEquatableArray());

    /// <summary>The names, without extension, of the files that belong to something with a name of the user's.</summary>
    private static IEnumerable<string> BaseNames(ApplicationModel application, ImmutableArray<InferenceModel> inferences) =>
        application.Functions.Select(static function => CodeFile.BaseOf(function.Namespace, function.Identifier))
            .Concat(application.Workflows.Select(static workflow => CodeFile.BaseOf(workflow.Namespace, workflow.Identifier)))
            .Concat(inferences.Select(static inference => InferenceEmitter.BaseOf(inference, "." + inference.Name)));

    private static IEnumerable<EmittedFile> FunctionFiles(FunctionUnit unit, Options options)
    {
        yield return FunctionEmitter.Emit(unit);
        if (options.HasHost && CloudEmitters.For(options).Function(FunctionEntry.Create(unit.Function), options) is { } entryPoint)
        {
            yield return entryPoint;
        }

        if (options.EmitAllClouds)
        {
            yield return ArtifactEmitter.Emit(CodeFile.NameOf(unit.Function.Namespace, unit.Function.Identifier, ".Artifacts"), AllClouds.Function(unit, options));
        }
    }

    private static IEnumerable<EmittedFile> WorkflowFiles(WorkflowUnit unit, Options options)
    {
        yield return WorkflowEmitter.Emit(unit);
        foreach (var file in options.HasHost ? CloudEmitters.For(options).Workflow(unit, options) : [])
        {
            yield return file;
        }
    }

    private static IEnumerable<EmittedFile> Registries(ApplicationModel application, Options options)
    {
        if (application.IsEmpty)
        {
            yield break;
        }

        var cloud = CloudEmitters.For(options);
        yield return ApplicationEmitter.Registry(application, options, cloud);
        if (application.HasSecrets)
        {
            yield return SecretsEmitter.Emit(application, options);
        }

        if (application.Functions.Any(static function => function.UsesCloudEvents))
        {
            yield return CloudEventEmitter.Emit();
        }

        foreach (var file in options.HasHost ? cloud.Application(application, options) : [])
        {
            yield return file;
        }
    }

    /// <summary>How the process runs, whatever the functions are.</summary>
    private static IEnumerable<EmittedFile> Process(Options options)
    {
        if (options.HasHost)
        {
            yield return ApplicationEmitter.Host(options, CloudEmitters.For(options));
        }

        if (options.GenerateMain)
        {
            yield return ApplicationEmitter.Main();
        }
    }

    private static IEnumerable<EmittedFile> WorkflowArtifacts(WorkflowUnit unit, Options options)
    {
        IEnumerable<EmittedFile> artifacts = options.EmitAllClouds ? AllClouds.Workflow(unit, options)
            : options.AllDefinitions ? AllClouds.Definitions(unit)
            : CloudEmitters.For(options).Definition(unit) is { } definition ? [definition]
            : [];
        var files = artifacts.ToList();
        if (MermaidEmitter.Emit(unit.Workflow) is { } graph)
        {
            files.Add(new EmittedFile($"workflows/{unit.Workflow.Name}.mmd", graph));
        }

        return files.Count == 0 ? [] : [ArtifactEmitter.Emit(CodeFile.NameOf(unit.Workflow.Namespace, unit.Workflow.Identifier, ".Artifacts"), files)];
    }

    private static IEnumerable<EmittedFile> ApplicationArtifacts(ApplicationModel application, Options options)
    {
        if (application.IsEmpty)
        {
            return [];
        }

        var manifest = ManifestEmitter.Emit(application, options, CloudEmitters.For(options));
        return [ArtifactEmitter.Emit("PortableArtifacts.g.cs", options.EmitAllClouds ? AllClouds.Application(application, options).Append(manifest) : [manifest])];
    }

    private static void Add(SourceProductionContext output, Setup setup, IEnumerable<EmittedFile> files)
    {
        if (!setup.Options.HasRuntime)
        {
            return;
        }

        foreach (var file in files)
        {
            output.AddSource(FileNames.Distinct(file.Name, setup.Conflicts), SourceText.From(file.Text, Encoding.UTF8));
        }
    }
}
