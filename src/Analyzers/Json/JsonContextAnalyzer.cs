using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Reading;

namespace Portable.Analyzers.Json;

/// <summary>PORT301: a payload's type that emitted code can only read by reflection, because no context of the project names it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class JsonContextAnalyzer : PortableAnalyzer
{
    /// <summary>The diagnostic's property with the type as C#, for the fix.</summary>
    internal const string TypeProperty = "Type";

    /// <summary>The diagnostic's property with the type's short name, for the fix's title.</summary>
    internal const string TypeNameProperty = "TypeName";

    /// <summary>Creates the analyzer.</summary>
    public JsonContextAnalyzer()
        : base(FunctionRules.PayloadWithoutJsonContext)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var options = OptionsReader.Read(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions, context.Compilation, context.CancellationToken);
        var severity = options.AotEnabled ? DiagnosticSeverity.Error : DiagnosticSeverity.Info;
        OnMethodsWith(context, types.Function, (symbol, method, _) => Report(symbol, method, types, severity, OfFunction(symbol, method, types)));
        OnMethodsWith(context, types.Workflow, (symbol, method, _) => Report(symbol, method, types, severity, OfWorkflow(symbol, method)));
        OnMethodsWith(context, types.Step, (symbol, method, _) => Report(symbol, method, types, severity, OfStep(symbol, method)));
        OnMethodsWith(context, types.Inference, (symbol, method, _) => Report(symbol, method, types, severity, OfStep(symbol, method)));
        if (context.Compilation.GetTypeByMetadataName("Portable.IEventBus") is { } bus)
        {
            context.RegisterOperationAction(operation => Published(operation, bus, types, severity), OperationKind.Invocation);
        }
    }

    // What is published is found by its type at run time, so that no signature shows it.
    private static void Published(OperationAnalysisContext context, INamedTypeSymbol bus, KnownTypes types, DiagnosticSeverity severity)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod is { Name: "Publish", TypeArguments: [INamedTypeSymbol { TypeKind: not TypeKind.Error } payload] }
            && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, bus)
            && Readings.TypeOf(payload) is var type
            && JsonTypes.NeedsContext(type)
            && !JsonContexts.Name(ProjectIndex.Of(context.Compilation, types, context.CancellationToken).JsonContexts, type))
        {
            var place = call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0)?.Value.Syntax ?? call.Syntax;
            context.ReportDiagnostic(Missing(place.GetLocation(), type, severity));
        }
    }

    private static IEnumerable<TypeRef?> OfFunction(SymbolAnalysisContext context, IMethodSymbol method, KnownTypes types) =>
        HandlerCode.Of(context.Compilation, types).FunctionOf(method, context.CancellationToken).Model is { } model
            ? [.. model.Parameters.Where(IsJson).Select(p => p.Payload), model.Return.Value, .. Sent(model, IsFirst(method, types))]
            : [];

    // The constructor is one for all functions of a class, and is spoken of once.
    private static IEnumerable<TypeRef?> Sent(FunctionModel model, bool withConstructor) =>
        model.Parameters.Select(static parameter => parameter.Output?.Payload).Concat(withConstructor ? model.Activation.Dependencies.Select(static dependency => dependency.Output?.Payload) : []);

    private static bool IsFirst(IMethodSymbol method, KnownTypes types) =>
        SymbolEqualityComparer.Default.Equals(method, method.ContainingType.GetMembers().FirstOrDefault(member => KnownTypes.Find(member, types.Function) is not null));

    // The others are read from text or made by the host.
    private static bool IsJson(ParameterModel parameter) => parameter.Source
        is ParameterSource.Body or ParameterSource.MessageBody or ParameterSource.Message or ParameterSource.BodyBatch or ParameterSource.MessageBatch;

    private static IEnumerable<TypeRef?> OfWorkflow(SymbolAnalysisContext context, IMethodSymbol method) =>
        WorkflowParser.Parse(method, context.Compilation, context.CancellationToken).Model is { } model ? [model.Input, model.Output, .. model.Payloads, .. model.Steps.SelectMany(static step => step.LiftedTypes), .. model.Outputs.Select(static output => output?.Payload)] : [];

    private static IEnumerable<TypeRef?> OfStep(SymbolAnalysisContext context, IMethodSymbol method) =>
        StepParser.Parse(method, context.Compilation, context.CancellationToken).Model is { } model ? [model.Input, model.Output] : [];

    private static void Report(SymbolAnalysisContext context, IMethodSymbol method, KnownTypes types, DiagnosticSeverity severity, IEnumerable<TypeRef?> payloads)
    {
        var missing = payloads.OfType<TypeRef>().Where(JsonTypes.NeedsContext).Distinct().ToArray();
        if (missing.Length == 0)
        {
            return;
        }

        var contexts = ProjectIndex.Of(context.Compilation, types, context.CancellationToken).JsonContexts;
        foreach (var type in missing.Where(type => !JsonContexts.Name(contexts, type)))
        {
            context.ReportDiagnostic(Missing(LocationOf(method, type, context.CancellationToken), type, severity));
        }
    }

    private static Diagnostic Missing(Location location, TypeRef type, DiagnosticSeverity severity) => Diagnostic.Create(
        FunctionRules.PayloadWithoutJsonContext,
        location,
        severity,
        additionalLocations: null,
        ImmutableDictionary<string, string?>.Empty.Add(TypeProperty, type.FullName).Add(TypeNameProperty, type.Name),
        type.Name,
        "is named by no JsonSerializerContext, so that it is read and written by reflection, which AOT and trimming take away: "
            + $"add [JsonSerializable(typeof({type.Name}))] to a context of the project");

    // A queue that the constructor takes.
    private static Location? InConstructor(IMethodSymbol method, TypeRef type, CancellationToken cancellationToken)
    {
        if (JsonContexts.Mentions(method.ReturnType, type))
        {
            return null;
        }

        foreach (var parameter in method.ContainingType.InstanceConstructors.SelectMany(static constructor => constructor.Parameters))
        {
            if (JsonContexts.Mentions(parameter.Type, type) && parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is ParameterSyntax { Type: { } stated })
            {
                return stated.GetLocation();
            }
        }

        return null;
    }

    // The place in the signature that brings the type in.
    private static Location LocationOf(IMethodSymbol method, TypeRef type, CancellationToken cancellationToken)
    {
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(cancellationToken) is MethodDeclarationSyntax syntax)
            {
                for (var i = 0; i < method.Parameters.Length && i < syntax.ParameterList.Parameters.Count; i++)
                {
                    if (JsonContexts.Mentions(method.Parameters[i].Type, type) && syntax.ParameterList.Parameters[i].Type is { } stated)
                    {
                        return stated.GetLocation();
                    }
                }

                return InConstructor(method, type, cancellationToken) ?? syntax.ReturnType.GetLocation();
            }
        }

        return method.Locations[0];
    }
}
