using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.State;

/// <summary>PORT110: a singleton that keeps what one request brought shows it to the next.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SingletonDataAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.SingletonData,
        "A singleton keeps no data of a request",
        "'{0}' is a singleton and keeps '{1}', which is {2}, in '{3}': requests that run at the same time, and later ones, see it; pass it as an argument, or register the type with AddScoped",
        Categories.State,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.SingletonData));

    /// <summary>Creates the analyzer.</summary>
    public SingletonDataAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var project = new Lazy<Registered>(() => Registered.Read(context.Compilation, types, context.CancellationToken));
        var code = HandlerCode.Of(context.Compilation, types);
        context.RegisterOperationBlockAction(block =>
        {
            if (block.OwningSymbol is not IMethodSymbol { MethodKind: not (MethodKind.Constructor or MethodKind.StaticConstructor), Parameters.Length: > 0 } method
                || method.ContainingType is not { IsStatic: false, TypeKind: TypeKind.Class } type
                || code.ClassOf(type, block.CancellationToken) is not null
                || !project.Value.Singletons.Contains(type.OriginalDefinition))
            {
                return;
            }

            HashSet<ISymbol>? reported = null;
            var changes = new List<StateChange>();
            StateChange.Collect(BodyFacts.Of(block.OperationBlocks), changes);
            foreach (var change in changes)
            {
                if (change is { IsContent: false, IsOwn: true, Value: { } value } && ParameterIn(value) is { } parameter && project.Value.Describe(parameter.Type) is { } what
                    && (reported ??= new(SymbolEqualityComparer.Default)).Add(change.Member))
                {
                    block.ReportDiagnostic(Diagnostic.Create(Rule, change.At.GetLocation(), type.Name, parameter.Name, what, change.Member.Name));
                }
            }
        });
    }

    // The parameter itself, or a member of it: what a call makes of it may be anything.
    private static IParameterSymbol? ParameterIn(IOperation value) => value switch
    {
        IParameterReferenceOperation parameter => parameter.Parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? null : parameter.Parameter,
        IConversionOperation conversion => ParameterIn(conversion.Operand),
        ICoalesceOperation coalesce => ParameterIn(coalesce.Value),
        IPropertyReferenceOperation { Instance: { } instance } => ParameterIn(instance),
        _ => null,
    };

    /// <summary>What the startup classes register as singletons, and what data requests bring.</summary>
    private sealed class Registered
    {
        private readonly HashSet<ISymbol> _payloads = new(SymbolEqualityComparer.Default);

        public HashSet<ISymbol> Singletons { get; } = new(SymbolEqualityComparer.Default);

        public static Registered Read(Compilation compilation, KnownTypes types, CancellationToken cancellationToken)
        {
            var read = new Registered();
            var index = ProjectIndex.Of(compilation, types, cancellationToken);
            foreach (var startup in index.Startups)
            {
                foreach (var member in startup.GetMembers())
                {
                    if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary } method && Reach.Of(compilation).BodyOf(method, cancellationToken) is { } body)
                    {
                        foreach (var call in body.Calls)
                        {
                            read.AddSingletons(call);
                        }
                    }
                }
            }

            foreach (var function in read.Singletons.Count == 0 ? ImmutableArray<ProjectIndex.Declaration>.Empty : index.Functions)
            {
                if (FunctionParser.PayloadOf(function.Method, cancellationToken) is INamedTypeSymbol { SpecialType: SpecialType.None, DeclaringSyntaxReferences.Length: > 0, TypeKind: TypeKind.Class or TypeKind.Struct } payload)
                {
                    read._payloads.Add(payload);
                }
            }

            return read;
        }

        /// <summary>What data of a request a type is, as messages say it.</summary>
        public string? Describe(ITypeSymbol type) => type switch
        {
            { Name: "InvocationContext", ContainingNamespace: { Name: "Portable" or "Runtime" } } => "the context of an invocation",
            { Name: "ClaimsPrincipal", ContainingNamespace.Name: "Claims" } => "the caller of a request",
            { Name: "HttpContext" or "HttpRequest", ContainingNamespace.Name: "Http" } => "a request",
            INamedTypeSymbol { Name: "Message" or "Event" or "StreamRecord", TypeArguments.Length: 1, ContainingNamespace: { Name: "Portable", ContainingNamespace.IsGlobalNamespace: true } } => "a message",
            _ when _payloads.Contains(type) => "the payload of a function",
            _ => null,
        };

        private void AddSingletons(IInvocationOperation call)
        {
            if (call.TargetMethod.Name is not ("AddSingleton" or "TryAddSingleton" or "AddKeyedSingleton"))
            {
                return;
            }

            if (call.TargetMethod.TypeArguments.Length > 0 && call.Arguments.Length <= 1 + (call.TargetMethod.Name == "AddKeyedSingleton" ? 1 : 0))
            {
                Add(call.TargetMethod.TypeArguments[call.TargetMethod.TypeArguments.Length - 1]);
            }

            foreach (var argument in call.Arguments)
            {
                Look(argument.Value, depth: 8);
            }
        }

        // typeof(Rates), new Rates(...), services => new Rates(...)
        private void Look(IOperation operation, int depth)
        {
            switch (operation)
            {
                case ITypeOfOperation type:
                    Add(type.TypeOperand);
                    break;
                case IObjectCreationOperation creation:
                    Add(creation.Type);
                    break;
                case IConversionOperation or IDelegateCreationOperation or IAnonymousFunctionOperation or IBlockOperation or IReturnOperation when depth > 0:
                    foreach (var child in operation.ChildOperations)
                    {
                        Look(child, depth - 1);
                    }

                    break;
                default:
                    break;
            }
        }

        private void Add(ITypeSymbol? type)
        {
            if (type is INamedTypeSymbol { TypeKind: TypeKind.Class, DeclaringSyntaxReferences.Length: > 0 } named)
            {
                Singletons.Add(named.OriginalDefinition);
            }
        }
    }
}
