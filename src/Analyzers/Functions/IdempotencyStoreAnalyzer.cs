using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Portable.Analyzers.Functions;

/// <summary>PORT022: an idempotent function in a project without a startup class, which alone could say where its work is remembered.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IdempotencyStoreAnalyzer : PortableAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public IdempotencyStoreAnalyzer()
        : base(FunctionRules.NoIdempotencyStore)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types) =>
        OnMethodsWith(context, context.Compilation.GetTypeByMetadataName("Portable.IdempotentAttribute"), (symbol, method, attribute) =>
        {
            if (KnownTypes.Find(method, types.Function) is not null
                && attribute.ApplicationSyntaxReference is { } place
                && ProjectIndex.Of(symbol.Compilation, types, symbol.CancellationToken).Startups.IsEmpty)
            {
                symbol.ReportDiagnostic(Diagnostic.Create(
                    FunctionRules.NoIdempotencyStore,
                    place.GetSyntax(symbol.CancellationToken).GetLocation(),
                    method.Name,
                    "is [Idempotent], but no [Startup] class says where its work is remembered on a cloud: add one with a line such as app.UseDynamoDbIdempotency(\"table\")"));
            }
        });
}
