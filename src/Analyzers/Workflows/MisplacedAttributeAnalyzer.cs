using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Portable.Analyzers.Workflows;

/// <summary>PORT725: a policy of a step on something that is no step, or [Native] where there is no workflow. It would be read as a promise and do nothing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MisplacedAttributeAnalyzer : PortableAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public MisplacedAttributeAnalyzer()
        : base(WorkflowRules.MisplacedAttribute)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var (retry, idempotent, compensate, native, warm) = (Type("Retry"), Type("Idempotent"), Type("Compensate"), Type("Native"), Type("Warm"));
        bool IsStep(ISymbol symbol) => KnownTypes.Find(symbol, types.Step) is not null || KnownTypes.Find(symbol, types.Inference) is not null;
        bool IsWorkflow(ISymbol symbol) => KnownTypes.Find(symbol, types.Workflow) is not null;

        context.RegisterSymbolAction(
            symbol =>
            {
                var type = (INamedTypeSymbol)symbol.Symbol;
                Report(symbol, type, native, type.GetMembers().Any(IsWorkflow), "has [Native], but no workflow: it forbids generated steps in a [Workflow], so put it on one or on its class");
                foreach (var member in type.GetMembers())
                {
                    if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary } method)
                    {
                        Report(symbol, method, native, IsWorkflow(method), "has [Native], but is no workflow: it forbids generated steps in a [Workflow], so put it on one or on its class");
                        Report(symbol, method, retry, IsStep(method) || KnownTypes.Find(method, types.Function) is not null, IsWorkflow(method)
                            ? "has [Retry], but is a workflow: its steps are what is called again, so put it on them"
                            : "has [Retry], but is no step or function: add [Step]");
                        Report(symbol, method, idempotent, IsStep(method) || KnownTypes.Find(method, types.Function) is not null, "has [Idempotent], but is no step or function: add [Step] or [Function]");
                        Report(symbol, method, warm, KnownTypes.Find(method, types.Function) is not null, "has [Warm], but is no function: put it on a [Function]");
                        Report(symbol, method, compensate, IsStep(method), "has [Compensate], but is no step: add [Step]");
                    }
                }
            },
            SymbolKind.NamedType);

        INamedTypeSymbol? Type(string name) => context.Compilation.GetTypeByMetadataName($"Portable.{name}Attribute");
    }

    private static void Report(SymbolAnalysisContext context, ISymbol symbol, INamedTypeSymbol? attribute, bool isInPlace, string problem)
    {
        if (!isInPlace && KnownTypes.Find(symbol, attribute)?.ApplicationSyntaxReference is { } place)
        {
            context.ReportDiagnostic(Diagnostic.Create(WorkflowRules.MisplacedAttribute, place.GetSyntax(context.CancellationToken).GetLocation(), symbol.Name, problem));
        }
    }
}
