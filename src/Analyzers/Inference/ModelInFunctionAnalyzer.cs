using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.Inference;

/// <summary>PORT601: a model that is loaded or run in a function: by handler code, by what it calls, or injected into it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ModelInFunctionAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.ModelInFunction,
        "A model runs on an endpoint of its own",
        "'{0}' runs a model inside a function ({1}): its files make the package large, every new instance loads them again, and there is no GPU; put it on an endpoint and call that with [Inference]",
        Categories.Inference,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.ModelInFunction));

    /// <summary>Creates the analyzer.</summary>
    public ModelInFunctionAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        if (!ModelRuntimes.AreReferenced(context.Compilation))
        {
            return;
        }

        var code = HandlerCode.Of(context.Compilation, types);
        var reach = Reach.Of(context.Compilation);
        OnHandlerBodies(context, types, body =>
        {
            if (body.Kind == HandlerKind.Workflow)
            {
                return;
            }

            if (ModelRuntimes.FirstIn(body.Code, body.Class.Type) is { } direct)
            {
                body.Report(Rule, direct.Node, body.Member.Name, direct.What);
                return;
            }

            foreach (var reached in ReachedBody.From(reach, body.Code, body.Context.CancellationToken))
            {
                // Other handler classes have reports of their own.
                if (code.ClassOf(reached.Method.ContainingType, body.Context.CancellationToken) is null && ModelRuntimes.FirstIn(reached.Code, null) is { } inner)
                {
                    body.Report(Rule, reached.At, body.Member.Name, $"{inner.What} in {reached.Method.ContainingType.Name}.{reached.Method.Name}");
                    return;
                }
            }
        });
        context.RegisterSymbolAction(symbol => OnType(symbol, code), SymbolKind.NamedType);
    }

    private static void OnType(SymbolAnalysisContext symbol, HandlerCode code)
    {
        var type = (INamedTypeSymbol)symbol.Symbol;
        if (code.ClassOf(type, symbol.CancellationToken) is not { } handlers)
        {
            return;
        }

        foreach (var constructor in type.InstanceConstructors)
        {
            Report(symbol, constructor, type.Name);
        }

        foreach (var handler in handlers.Handlers)
        {
            if (handler.Value is HandlerKind.Function or HandlerKind.Step)
            {
                Report(symbol, (IMethodSymbol)handler.Key, handler.Key.Name);
            }
        }
    }

    private static void Report(SymbolAnalysisContext symbol, IMethodSymbol method, string name)
    {
        foreach (var parameter in method.Parameters)
        {
            if (ModelRuntimes.IsModel(parameter.Type) && parameter.Locations.Length > 0)
            {
                symbol.ReportDiagnostic(Diagnostic.Create(Rule, parameter.Locations[0], name, $"the parameter '{parameter.Name}' is a {parameter.Type.Name}"));
            }
        }
    }
}
