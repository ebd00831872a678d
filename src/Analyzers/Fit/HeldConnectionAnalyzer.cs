using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.Fit;

/// <summary>PORT507: handler code that holds a connection open, or waits for some as a server.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HeldConnectionAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.HeldConnection,
        "A function holds no connection open",
        "'{0}' holds a connection open with {1}: the platform freezes and ends the process between events, and the connection with it; take what comes by a trigger, and keep connections in an always-on worker",
        Categories.Fit,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.HeldConnection));

    /// <summary>Creates the analyzer.</summary>
    public HeldConnectionAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        OnHandlerBodies(context, types, body =>
        {
            if (body.Kind == HandlerKind.Workflow)
            {
                return;
            }

            foreach (var creation in body.Code.Creations)
            {
                if (Connections.IsConnection(creation.Type) && (creation.Type!.Name != "ClientWebSocket" || !body.RunsPerInvocation || ReceivesInALoop(body.Code)))
                {
                    body.Report(Rule, creation.Syntax, body.Member.Name, "new " + creation.Type.Name);
                }
            }

            foreach (var call in body.Code.Calls)
            {
                if (call.TargetMethod is { IsStatic: true, Name: "Create" or "CreateBuilder" or "CreateSlimBuilder" or "CreateEmptyBuilder" } method && TypeNames.Is(method.ContainingType, "Microsoft.AspNetCore.Builder", "WebApplication"))
                {
                    body.Report(Rule, call.Syntax, body.Member.Name, $"WebApplication.{method.Name}");
                }
            }
        });

        var code = HandlerCode.Of(context.Compilation, types);
        context.RegisterSymbolAction(symbol => OnType(symbol, code), SymbolKind.NamedType);
    }

    // What is injected lives as long as the process.
    private static void OnType(SymbolAnalysisContext symbol, HandlerCode code)
    {
        var type = (INamedTypeSymbol)symbol.Symbol;
        if (code.ClassOf(type, symbol.CancellationToken) is null)
        {
            return;
        }

        foreach (var constructor in type.InstanceConstructors)
        {
            foreach (var parameter in constructor.Parameters)
            {
                if (Connections.IsInjected(parameter.Type) && parameter.Locations.Length > 0)
                {
                    symbol.ReportDiagnostic(Diagnostic.Create(Rule, parameter.Locations[0], type.Name, $"the {parameter.Type.Name} '{parameter.Name}'"));
                }
            }
        }
    }

    // A request and its answer over a web socket are over with the invocation; listening is not.
    private static bool ReceivesInALoop(BodyFacts code)
    {
        foreach (var call in code.Calls)
        {
            if (call.TargetMethod.Name == "ReceiveAsync" && Connections.IsConnection(call.TargetMethod.ContainingType))
            {
                foreach (var loop in code.Loops)
                {
                    if (PollingLoop.Contains(loop, call.Syntax))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }
}
