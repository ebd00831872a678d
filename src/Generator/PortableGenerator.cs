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

        // What depends on what.
        var json = contexts.Collect().Select(static (all, _) => new JsonIndex(all.ToEquatableArray())).WithTrackingName(TrackingNames.JsonIndex);
        var functionUnits = functions.Combine(json).Select(static (pair, _) => FunctionUnit.Create(pair.Left, pair.Right)).WithTrackingName(TrackingNames.FunctionsWithContext);
        var workflowUnits = workflows.Combine(json).Select(static (pair, _) => WorkflowUnit.Create(pair.Left, pair.Right)).WithTrackingName(TrackingNames.WorkflowsWithContext);
        var inferenceUnits = inferences.Combine(json).Select(static (pair, _) => InferenceUnit.Create(pair.Left, pair.Right));
        var functionEntries = functions.Select(static (function, _) => FunctionEntry.Create(function)).WithTrackingName(TrackingNames.FunctionIndex);
        var workflowEntries = workflows.Select(static (workflow, _) => WorkflowEntry.Create(workflow)).WithTrackingName(TrackingNames.WorkflowIndex);
        var clients = inferences.Collect().SelectMany(static (all, _) => OnePerClass(all));
        var application = functionEntries.Collect().Combine(workflowEntries.Collect()).Combine(startups.Collect())
            .Select(static (all, _) => ApplicationOf(all.Left.Left, all.Left.Right, all.Right))
            .WithTrackingName(TrackingNames.Application);

        var names = functionEntries.Select(static (function, _) => CodeFile.BaseOf(function.Namespace, function.Identifier)).Collect()
            .Combine(workflowEntries.Select(static (workflow, _) => CodeFile.BaseOf(workflow.Namespace, workflow.Identifier)).Collect())
            .Combine(inferences.Select(static (inference, _) => InferenceEmitter.BaseOf(inference, "." + inference.Name)).Collect());
        var setup = options.Combine(names.Select(static (all, _) => FileNames.Conflicts(all.Left.Left.Concat(all.Left.Right).Concat(all.Right))))
            .Select(static (pair, _) => new Setup(pair.Left, pair.Right))
            .WithTrackingName(TrackingNames.Setup);
        var isEmpty = application.Select(static (all, _) => all.IsEmpty);

        // What is written: code that user code or the compiler needs at once ...
        context.RegisterSourceOutput(functionUnits.Combine(setup), static (output, pair) => Add(output, pair.Right, FunctionEmitter.Emit(pair.Left)));
        context.RegisterSourceOutput(functionEntries.Combine(setup), static (output, pair) =>
        {
            if (pair.Right.Options.HasHost && CloudEmitters.For(pair.Right.Options).Function(pair.Left, pair.Right.Options) is { } file)
            {
                Add(output, pair.Right, file);
            }
        });
        context.RegisterSourceOutput(workflowUnits.Combine(setup), static (output, pair) =>
        {
            Add(output, pair.Right, WorkflowEmitter.Emit(pair.Left));
            if (pair.Right.Options.HasHost)
            {
                Add(output, pair.Right, CloudEmitters.For(pair.Right.Options).Workflow(pair.Left, pair.Right.Options));
            }
        });
        context.RegisterSourceOutput(inferenceUnits.Combine(setup), static (output, pair) => Add(output, pair.Right, InferenceEmitter.Emit(pair.Left)));
        context.RegisterSourceOutput(clients.Combine(setup), static (output, pair) => Add(output, pair.Right, InferenceEmitter.EmitClient(pair.Left)));
        context.RegisterSourceOutput(application.Combine(setup), static (output, pair) =>
        {
            if (!pair.Left.IsEmpty)
            {
                Add(output, pair.Right, Registries(pair.Left, pair.Right.Options));
            }
        });
        context.RegisterSourceOutput(isEmpty.Combine(setup), static (output, pair) =>
        {
            if (!pair.Left && pair.Right.Options.HasHost)
            {
                Add(output, pair.Right, Process(pair.Right.Options));
            }
        });

        // ... and what only the build needs, which the IDE is spared while one types.
        context.RegisterImplementationSourceOutput(workflowUnits.Combine(setup), static (output, pair) =>
        {
            if (WorkflowArtifacts(pair.Left, pair.Right.Options) is { Count: > 0 } artifacts)
            {
                Add(output, pair.Right, ArtifactEmitter.Emit(CodeFile.NameOf(pair.Left.Workflow.Namespace, pair.Left.Workflow.Identifier, ".Artifacts"), artifacts));
            }
        });
        context.RegisterImplementationSourceOutput(application.Combine(setup), static (output, pair) =>
        {
            if (!pair.Left.IsEmpty)
            {
                Add(output, pair.Right, ArtifactEmitter.Emit("PortableArtifacts.g.cs", ApplicationArtifacts(pair.Left, pair.Right.Options)));
            }
        });
        context.RegisterImplementationSourceOutput(functionUnits.Combine(setup), static (output, pair) =>
        {
            if (pair.Right.Options.EmitAllClouds)
            {
                Add(output, pair.Right, ArtifactEmitter.Emit(CodeFile.NameOf(pair.Left.Function.Namespace, pair.Left.Function.Identifier, ".Artifacts"), AllClouds.Function(pair.Left, pair.Right.Options)));
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
            .Select(static (model, _) => model!)
            .WithTrackingName(trackingName);

    private static IEnumerable<InferenceModel> OnePerClass(ImmutableArray<InferenceModel> inferences) =>
        inferences.GroupBy(static inference => (inference.Namespace, inference.ContainingTypes)).Select(static group =>
            group.First() with { Name = "", Endpoint = "", TimeoutSeconds = 0, CancellationName = null, Accessibility = "", InputName = "", Input = NoType, Output = NoType });

    private static TypeRef NoType { get; } = new("", "", false);

    private static ApplicationModel ApplicationOf(ImmutableArray<FunctionEntry> functions, ImmutableArray<WorkflowEntry> workflows, ImmutableArray<TypeRef> startups) => new(
        functions.OrderBy(static function => function.Name, StringComparer.Ordinal).ThenBy(static function => function.Identifier, StringComparer.Ordinal).ToEquatableArray(),
        workflows.OrderBy(static workflow => workflow.Name, StringComparer.Ordinal).ThenBy(static workflow => workflow.Identifier, StringComparer.Ordinal).ToEquatableArray(),
        startups.OrderBy(static startup => startup.FullName, StringComparer.Ordinal).FirstOrDefault());

    private static IEnumerable<EmittedFile> Registries(ApplicationModel application, Options options)
    {
        var cloud = CloudEmitters.For(options);
        yield return ApplicationEmitter.Registry(application, options, cloud);
        foreach (var file in options.HasHost ? cloud.Application(application, options) : [])
        {
            yield return file;
        }
    }

    /// <summary>How the process runs, whatever the functions are.</summary>
    private static IEnumerable<EmittedFile> Process(Options options)
    {
        yield return ApplicationEmitter.Host(options, CloudEmitters.For(options));
        if (options.GenerateMain)
        {
            yield return ApplicationEmitter.Main();
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

    private static void Add(SourceProductionContext output, Setup setup, EmittedFile file)
    {
        if (setup.Options.HasRuntime)
        {
            output.AddSource(FileNames.Distinct(file.Name, setup.Conflicts), SourceText.From(file.Text, Encoding.UTF8));
        }
    }

    private static void Add(SourceProductionContext output, Setup setup, IEnumerable<EmittedFile> files)
    {
        foreach (var file in files)
        {
            Add(output, setup, file);
        }
    }
}
