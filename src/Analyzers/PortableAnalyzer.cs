using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;

namespace Portable.Analyzers;

/// <summary>
/// What every analyzer of ours has in common: runs concurrently, leaves generated code alone, and does nothing at all in a
/// compilation that does not use Portable.
/// </summary>
public abstract class PortableAnalyzer : DiagnosticAnalyzer
{
    private protected PortableAnalyzer(params DiagnosticDescriptor[] descriptors) => SupportedDiagnostics = ImmutableArray.Create(descriptors);

    /// <inheritdoc/>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (KnownTypes.TryCreate(start.Compilation) is { } types)
            {
                Start(start, types);
            }
        });
    }

    private protected abstract void Start(CompilationStartAnalysisContext context, KnownTypes types);

    /// <summary>
    /// Runs an action on every method that carries an attribute. It goes by the types: recent compilers announce a partial method by its implementing
    /// part, which for an inference stands in generated code, where we do not look.
    /// </summary>
    private protected static void OnMethodsWith(
        CompilationStartAnalysisContext context,
        INamedTypeSymbol? attribute,
        Action<SymbolAnalysisContext, IMethodSymbol, AttributeData> action)
    {
        if (attribute is null)
        {
            return;
        }

        var code = HandlerCode.Of(context.Compilation);
        context.RegisterSymbolAction(
            symbol =>
            {
                foreach (var method in code.AttributedMethodsOf((INamedTypeSymbol)symbol.Symbol, symbol.CancellationToken))
                {
                    if (KnownTypes.Find(method, attribute) is { } data)
                    {
                        action(symbol, method, data);
                    }
                }
            },
            SymbolKind.NamedType);
    }

    /// <summary>
    /// Runs an action on every body in a class that declares functions, steps or workflows: of its methods, constructors and accessors, and the
    /// initializers of its fields and properties.
    /// </summary>
    private protected static void OnHandlerBodies(CompilationStartAnalysisContext context, KnownTypes types, Action<HandlerBody> action)
    {
        var code = HandlerCode.Of(context.Compilation, types);
        context.RegisterOperationBlockAction(block =>
        {
            if (block.OwningSymbol.ContainingType is { } type && code.ClassOf(type, block.CancellationToken) is { } handlers)
            {
                action(new HandlerBody(block, handlers, handlers.KindOf(block.OwningSymbol), block.OwningSymbol, BodyFacts.Of(block.OperationBlocks)));
            }
        });
    }

    /// <summary>Reports what the parser found, as far as it belongs to this analyzer.</summary>
    private protected void Report(ImmutableArray<Finding> findings, Action<Diagnostic> report)
    {
        foreach (var finding in findings)
        {
            foreach (var descriptor in SupportedDiagnostics)
            {
                if (descriptor.Id == finding.RuleId)
                {
                    report(Diagnostic.Create(descriptor, finding.Location, finding.Arguments.ToArray<object>()));
                }
            }
        }
    }
}
