using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;
using Portable.Generator.Limits;
using Portable.Generator.Workflows.Reading;

namespace Portable.Analyzers.Limits;

/// <summary>PORT406, PORT732 and PORT733: payloads that JSON cannot carry, or that are likely larger than a targeted cloud takes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PayloadAnalyzer : PortableAnalyzer
{
    private const string WayOut = "put it into a bucket with IBlobStore and pass its name";

    private static readonly DiagnosticDescriptor MessageSize = new(
        RuleIdentifiers.PayloadSize,
        "A message has room in what every targeted cloud takes",
        "'{0}' {1}: " + WayOut,
        Categories.Limits,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.PayloadSize));

    private static readonly DiagnosticDescriptor NotJson = new(
        RuleIdentifiers.NotJson,
        "The payload of a step can be written as JSON and read back",
        "'{0}' {1}, so that '{2}' cannot pass it as JSON: pass a record of texts, numbers and lists, or store it and pass its name",
        Categories.Workflows,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.NotJson));

    private static readonly DiagnosticDescriptor StepSize = new(
        RuleIdentifiers.StepPayloadSize,
        "The payload of a step has room in what every targeted engine takes",
        "'{0}' {1}: " + WayOut,
        Categories.Workflows,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.StepPayloadSize));

    /// <summary>Creates the analyzer.</summary>
    public PayloadAnalyzer()
        : base(MessageSize, NotJson, StepSize)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var targeted = TargetedClouds.Read(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions);
        var code = HandlerCode.Of(context.Compilation, types);
        context.RegisterSymbolAction(
            symbol =>
            {
                var type = (INamedTypeSymbol)symbol.Symbol;
                if (PortableTypes.Attribute(type, "EventContractAttribute") is not null)
                {
                    CheckContract(symbol, type, targeted);
                }

                if (code.ClassOf(type, symbol.CancellationToken) is { } handlers)
                {
                    CheckHandlers(symbol, handlers, targeted);
                }
            },
            SymbolKind.NamedType);
    }

    private static void CheckContract(SymbolAnalysisContext symbol, INamedTypeSymbol type, TargetedClouds targeted)
    {
        if (PayloadSizes.TooLarge(type, targeted, LimitKind.Event, "event") is { } large)
        {
            symbol.ReportDiagnostic(Diagnostic.Create(MessageSize, Readings.LocationOf(type), large.Member.Path, large.Clause));
        }
    }

    private static void CheckHandlers(SymbolAnalysisContext symbol, HandlerClass handlers, TargetedClouds targeted)
    {
        // A type that several steps pass on is one problem.
        var seen = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var member in handlers.Type.GetMembers())
        {
            if (member is not IMethodSymbol method)
            {
                continue;
            }

            CheckQueues(symbol, method, targeted, seen);
            switch (handlers.KindOf(method))
            {
                case HandlerKind.Step or HandlerKind.Workflow:
                    foreach (var (type, at) in Passed(method, symbol.CancellationToken))
                    {
                        if (seen.Add(type))
                        {
                            CheckStep(symbol, method, type, at, targeted);
                        }
                    }

                    break;
                case HandlerKind.Function:
                    CheckFunction(symbol, method, targeted, seen);
                    break;
                default:
                    break;
            }
        }
    }

    private static void CheckStep(SymbolAnalysisContext symbol, IMethodSymbol method, ITypeSymbol type, Location at, TargetedClouds targeted)
    {
        if (JsonFitness.Problem(type) is { } unfit)
        {
            symbol.ReportDiagnostic(Diagnostic.Create(NotJson, at, unfit.Member.Path, unfit.Why, method.Name));
        }
        else if (PayloadSizes.TooLarge(type, targeted, LimitKind.StepPayload, "") is { } large)
        {
            symbol.ReportDiagnostic(Diagnostic.Create(StepSize, at, large.Member.Path, large.Clause));
        }
    }

    private static void CheckFunction(SymbolAnalysisContext symbol, IMethodSymbol method, TargetedClouds targeted, HashSet<ITypeSymbol> seen)
    {
        var (kind, trigger) = PortableTypes.Attribute(method, "QueueTriggerAttribute") is not null ? (LimitKind.Message, "queue")
            : PortableTypes.Attribute(method, "HttpTriggerAttribute") is not null ? (LimitKind.Request, "http")
            : (LimitKind.Name, "");
        if (kind == LimitKind.Name || FunctionParser.PayloadOf(method, symbol.CancellationToken) is not { } payload || PayloadSizes.TooLarge(payload, targeted, kind, trigger) is not { } large || !seen.Add(payload))
        {
            return;
        }

        foreach (var parameter in method.Parameters)
        {
            if (Mentions(parameter.Type, payload))
            {
                symbol.ReportDiagnostic(Diagnostic.Create(MessageSize, TypeAt(parameter, symbol.CancellationToken), large.Member.Path, large.Clause));
                return;
            }
        }
    }

    // What methods and constructors of the class send: [Queue("orders")] IQueue<Order>.
    private static void CheckQueues(SymbolAnalysisContext symbol, IMethodSymbol method, TargetedClouds targeted, HashSet<ITypeSymbol> seen)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Type is INamedTypeSymbol { TypeArguments: [var payload] } queue && PortableTypes.IsPortable(queue, "IQueue")
                && PayloadSizes.TooLarge(payload, targeted, LimitKind.Message, "queue") is { } large && seen.Add(payload))
            {
                symbol.ReportDiagnostic(Diagnostic.Create(MessageSize, TypeAt(parameter, symbol.CancellationToken), large.Member.Path, large.Clause));
            }
        }
    }

    // The payload of a step or workflow, and its result.
    private static IEnumerable<(ITypeSymbol Type, Location At)> Passed(IMethodSymbol method, CancellationToken cancellationToken)
    {
        foreach (var parameter in method.Parameters)
        {
            if (!PortableTypes.IsCancellationToken(parameter.Type) && !PortableTypes.IsPortable(parameter.Type, "IWorkflow") && !Readings.IsBroken(parameter.Type))
            {
                yield return (parameter.Type, TypeAt(parameter, cancellationToken));
            }
        }

        if (PortableTypes.IsTask(method.ReturnType, out _, out var result) && result is not null && !Readings.IsBroken(result))
        {
            yield return (result, method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is MethodDeclarationSyntax declared ? declared.ReturnType.GetLocation() : Readings.LocationOf(method));
        }
    }

    private static bool Mentions(ITypeSymbol type, ITypeSymbol payload) =>
        SymbolEqualityComparer.Default.Equals(type, payload)
        || (type is IArrayTypeSymbol array && Mentions(array.ElementType, payload))
        || (type is INamedTypeSymbol named && named.TypeArguments.Any(argument => Mentions(argument, payload)));

    private static Location TypeAt(IParameterSymbol parameter, CancellationToken cancellationToken) =>
        parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is ParameterSyntax { Type: { } stated } ? stated.GetLocation() : Readings.LocationOf(parameter);
}
