using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.Functions;

/// <summary>PORT023 to PORT025: what functions, steps and workflows send to, and what is published.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OutputAnalyzer : PortableAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public OutputAnalyzer()
        : base(OutputRules.OutputParameter, OutputRules.OutputName, OutputRules.PublishedPayload)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        context.RegisterSymbolAction(symbol => Parameters(symbol, types), SymbolKind.NamedType);
        if (context.Compilation.GetTypeByMetadataName("Portable.IEventBus") is { } bus && context.Compilation.GetTypeByMetadataName("Portable.EventContractAttribute") is { } contract)
        {
            context.RegisterOperationAction(operation => Publish(operation, bus, contract), OperationKind.Invocation);
        }
    }

    private void Parameters(SymbolAnalysisContext context, KnownTypes types)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var findings = ImmutableArray.CreateBuilder<Finding>();
        var isMade = false;
        foreach (var member in type.GetMembers())
        {
            if (member is not IMethodSymbol { MethodKind: MethodKind.Ordinary } method)
            {
                continue;
            }

            var isFunction = KnownTypes.Find(method, types.Function) is not null;
            isMade |= !method.IsStatic && (isFunction || KnownTypes.Find(method, types.Step) is not null || KnownTypes.Find(method, types.Workflow) is not null || KnownTypes.Find(method, types.Inference) is not null);
            if (isFunction)
            {
                Check(method);
            }
        }

        // Emitted code makes objects of the class alone that has such methods.
        foreach (var constructor in isMade ? type.InstanceConstructors : ImmutableArray<IMethodSymbol>.Empty)
        {
            Check(constructor);
        }

        Report(findings.ToImmutable(), context.ReportDiagnostic);

        void Check(IMethodSymbol method)
        {
            foreach (var parameter in method.Parameters)
            {
                OutputParameters.Check(parameter, findings, context.CancellationToken);
            }
        }
    }

    private static void Publish(OperationAnalysisContext context, INamedTypeSymbol bus, INamedTypeSymbol contract)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod is { Name: "Publish", TypeArguments: [INamedTypeSymbol { TypeKind: not TypeKind.Error } payload] }
            && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, bus)
            && KnownTypes.Find(payload, contract) is null)
        {
            var argument = call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0)?.Value.Syntax ?? call.Syntax;
            context.ReportDiagnostic(Diagnostic.Create(
                OutputRules.PublishedPayload,
                argument.GetLocation(),
                payload.Name,
                $"is published and does not say what event it is: add [EventContract(\"com.acme.{payload.Name.ToLowerInvariant()}\", Version = 1)] to the type"));
        }
    }
}
