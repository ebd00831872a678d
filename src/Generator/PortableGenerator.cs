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
using Portable.Generator.Emit.Workflows;
using Portable.Generator.Helpers;
using Portable.Generator.Model;
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
        var project = context.CompilationProvider.Select(static (compilation, _) => (compilation.Options.OutputKind, compilation.AssemblyName));
        var options = context.AnalyzerConfigOptionsProvider.Combine(project)
            .Select(static (pair, _) => OptionsReader.Read(pair.Left.GlobalOptions, pair.Right.OutputKind, pair.Right.AssemblyName))
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

        // What depends on what.
        var json = contexts.Collect().Select(static (all, _) => new JsonIndex(all.ToEquatableArray())).WithTrackingName(TrackingNames.JsonIndex);
        var settings = json.Combine(options);
        var functionUnits = functions.Combine(settings)
            .Select(static (pair, _) => (Unit: FunctionUnit.Create(pair.Left, pair.Right.Left), Options: pair.Right.Right))
            .WithTrackingName(TrackingNames.FunctionsWithContext);
        var workflowUnits = workflows.Combine(json).Select(static (pair, _) => WorkflowUnit.Create(pair.Left, pair.Right)).WithTrackingName(TrackingNames.WorkflowsWithContext);
        var inferenceUnits = inferences.Combine(json).Select(static (pair, _) => InferenceUnit.Create(pair.Left, pair.Right));
        var clients = inferences.Collect().SelectMany(static (all, _) => OnePerClass(all));
        var application = functions.Collect().Combine(workflows.Collect()).Combine(startups.Collect())
            .Select(static (all, _) => ApplicationOf(all.Left.Left, all.Left.Right, all.Right))
            .WithTrackingName(TrackingNames.Application);

        // What is written: code that user code or the compiler needs at once ...
        context.RegisterSourceOutput(functionUnits, static (output, function) => Add(output, FunctionFiles(function.Unit, function.Options)));
        context.RegisterSourceOutput(workflowUnits.Combine(options), static (output, pair) =>
        {
            Add(output, WorkflowEmitter.Emit(pair.Left));
            Add(output, CloudEmitters.For(pair.Right).Workflow(pair.Left, pair.Right));
        });
        context.RegisterSourceOutput(inferenceUnits, static (output, unit) => Add(output, InferenceEmitter.Emit(unit)));
        context.RegisterSourceOutput(clients, static (output, inference) => Add(output, InferenceEmitter.EmitClient(inference)));
        context.RegisterSourceOutput(application.Combine(options), static (output, pair) =>
        {
            if (!pair.Left.IsEmpty)
            {
                Add(output, ApplicationFiles(pair.Left, pair.Right));
            }
        });

        // ... and what only the build needs, which the IDE is spared while one types.
        context.RegisterImplementationSourceOutput(workflowUnits.Combine(options), static (output, pair) =>
        {
            if (WorkflowArtifacts(pair.Left, pair.Right) is { Count: > 0 } artifacts)
            {
                Add(output, ArtifactEmitter.Emit(CodeFile.NameOf(pair.Left.Workflow.Namespace, pair.Left.Workflow.Identifier, ".Artifacts"), artifacts));
            }
        });
        context.RegisterImplementationSourceOutput(application.Combine(options), static (output, pair) =>
        {
            if (!pair.Left.IsEmpty)
            {
                Add(output, ArtifactEmitter.Emit("PortableArtifacts.g.cs", ApplicationArtifacts(pair.Left, pair.Right)));
            }
        });
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

    private static ApplicationModel ApplicationOf(ImmutableArray<FunctionModel> functions, ImmutableArray<WorkflowModel> workflows, ImmutableArray<TypeRef> startups) => new(
        functions.Select(FunctionEntry.Create).OrderBy(static function => function.Name, StringComparer.Ordinal).ThenBy(static function => function.Identifier, StringComparer.Ordinal).ToEquatableArray(),
        workflows.Select(WorkflowEntry.Create).OrderBy(static workflow => workflow.Name, StringComparer.Ordinal).ThenBy(static workflow => workflow.Identifier, StringComparer.Ordinal).ToEquatableArray(),
        startups.OrderBy(static startup => startup.FullName, StringComparer.Ordinal).FirstOrDefault());

    private static IEnumerable<EmittedFile> FunctionFiles(FunctionUnit unit, Options options)
    {
        yield return FunctionEmitter.Emit(unit);
        if (CloudEmitters.For(options).Function(FunctionEntry.Create(unit.Function), options) is { } entryPoint)
        {
            yield return entryPoint;
        }

        if (options.EmitAllClouds)
        {
            yield return ArtifactEmitter.Emit(CodeFile.NameOf(unit.Function.Namespace, unit.Function.Identifier, ".Artifacts"), AllClouds.Function(unit, options));
        }
    }

    private static IEnumerable<EmittedFile> ApplicationFiles(ApplicationModel application, Options options)
    {
        var cloud = CloudEmitters.For(options);
        yield return ApplicationEmitter.Registry(application, options, cloud);
        yield return ApplicationEmitter.Host(options, cloud);
        if (options.GenerateMain)
        {
            yield return ApplicationEmitter.Main();
        }

        foreach (var file in cloud.Application(application, options))
        {
            yield return file;
        }
    }

    private static List<EmittedFile> WorkflowArtifacts(WorkflowUnit unit, Options options)
    {
        var artifacts = new List<EmittedFile>();
        if (options.EmitAllClouds)
        {
            artifacts.AddRange(AllClouds.Workflow(unit, options));
        }
        else if (CloudEmitters.For(options).Definition(unit) is { } definition)
        {
            artifacts.Add(definition);
        }

        return artifacts;
    }

    private static IEnumerable<EmittedFile> ApplicationArtifacts(ApplicationModel application, Options options)
    {
        var manifest = ManifestEmitter.Emit(application, options, CloudEmitters.For(options));
        return options.EmitAllClouds ? AllClouds.Application(application, options).Append(manifest) : [manifest];
    }

    private static void Add(SourceProductionContext output, EmittedFile file) => output.AddSource(file.Name, SourceText.From(file.Text, Encoding.UTF8));

    private static void Add(SourceProductionContext output, IEnumerable<EmittedFile> files)
    {
        foreach (var file in files)
        {
            Add(output, file);
        }
    }
}
