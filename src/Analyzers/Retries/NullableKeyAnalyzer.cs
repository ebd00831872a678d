using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;
using Portable.Generator.Model;

namespace Portable.Analyzers.Retries;

/// <summary>PORT202: a key that some messages do not have.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NullableKeyAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.NullableKey,
        "Every message has its idempotency key",
        "'{0}' has the key '{1}', and '{2}' may be null: {3}; name a member that is always there, or make it non-nullable",
        Categories.Retries,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.NullableKey));

    /// <summary>Creates the analyzer.</summary>
    public NullableKeyAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types) =>
        OnMethodsWith(context, context.Compilation.GetTypeByMetadataName("Portable.IdempotentAttribute"), (symbol, method, attribute) =>
        {
            if (KnownTypes.Find(method, types.Step) is not null)
            {
                Check(symbol, method, IdempotencyKeys.OfStep(method, attribute, symbol.CancellationToken), "the step is called without a key then");
            }
            else if (HandlerCode.Of(symbol.Compilation, types).FunctionOf(method, symbol.CancellationToken).Model is { } function)
            {
                Check(symbol, method, IdempotencyKeys.OfFunction(method, attribute, function, symbol.CancellationToken),
                    function.Trigger is HttpTriggerModel ? "a request without it is answered with 400" : "a message without it is never handled and goes to the dead letters");
            }
        });

    private static void Check(SymbolAnalysisContext symbol, IMethodSymbol method, IdempotencyKeys? key, string consequence)
    {
        if (key is null)
        {
            return;
        }

        foreach (var part in key.Parts)
        {
            if (part.MayBeNull is { } member)
            {
                symbol.ReportDiagnostic(Diagnostic.Create(Rule, key.At, method.Name, key.Text, member.Name, consequence));
                return;
            }
        }
    }
}
