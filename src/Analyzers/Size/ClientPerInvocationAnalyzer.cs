using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.Size;

/// <summary>PORT308: a client that is made for every invocation connects for every invocation.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ClientPerInvocationAnalyzer : PortableAnalyzer
{
    private const string Sockets = "each has connections of its own, which stay open after it until sockets run out";

    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.ClientPerInvocation,
        "A client is made once, not for every invocation",
        "'{0}' makes a new {1} for every invocation: {2}; make it once, in a static readonly field or as a singleton in [Startup]",
        Categories.Size,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.ClientPerInvocation));

    /// <summary>Creates the analyzer.</summary>
    public ClientPerInvocationAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var http = context.Compilation.GetTypeByMetadataName("System.Net.Http.HttpClient");
        OnHandlerBodies(context, types, body =>
        {
            if (!body.RunsPerInvocation)
            {
                return;
            }

            foreach (var creation in body.Code.Creations)
            {
                var isHttp = SymbolEqualityComparer.Default.Equals(creation.Type, http);
                if (isHttp ? HasOwnHandler(creation, body) && !Lifetimes.IsKept(creation, body.Code) : Clients.CostOf(creation.Type) is not null && IsMadeAgain(creation, creation.Arguments, null, body))
                {
                    body.Report(Rule, creation.Syntax, body.Member.Name, creation.Type!.Name, isHttp ? Sockets : Clients.CostOf(creation.Type)!);
                }
            }

            foreach (var call in body.Code.Calls)
            {
                if (Clients.CostOf(call.TargetMethod) is { } made && IsMadeAgain(call, call.Arguments, call.Instance, body))
                {
                    body.Report(Rule, call.Syntax, body.Member.Name, made.Name, made.Cost);
                }
            }
        });
    }

    // A client that is given what only the event says (a tenant's address, a customer's credentials) cannot be made before it.
    private static bool IsMadeAgain(IOperation made, IEnumerable<IArgumentOperation> arguments, IOperation? instance, HandlerBody body)
    {
        foreach (var argument in arguments)
        {
            if (Lifetimes.NeedsInvocation(argument.Value, body.Context.CancellationToken))
            {
                return false;
            }
        }

        return (instance is null || !Lifetimes.NeedsInvocation(instance, body.Context.CancellationToken)) && !Lifetimes.IsKept(made, body.Code);
    }

    // With a handler that is shared, a client is light.
    private static bool HasOwnHandler(IObjectCreationOperation client, HandlerBody body)
    {
        foreach (var argument in client.Arguments)
        {
            if (argument.Parameter?.Ordinal == 0)
            {
                var value = Clients.Bare(argument.Value);
                if (value is ILocalReferenceOperation local)
                {
                    value = Lifetimes.InitializerOf(local.Local, value, body.Context.CancellationToken);
                }

                return value is IObjectCreationOperation { Type: { Name: "HttpClientHandler" or "SocketsHttpHandler", DeclaringSyntaxReferences.Length: 0 } }
                    && !Lifetimes.NeedsInvocation(value, body.Context.CancellationToken);
            }
        }

        return true;
    }
}
