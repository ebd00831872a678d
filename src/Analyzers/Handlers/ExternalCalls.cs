using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Portable.Analyzers.Handlers;

/// <summary>
/// Knows the calls that leave the process: HTTP clients, the clouds' SDKs, databases, caches, brokers, mail, and Portable's own outputs. By name and namespace
/// of the type that declares the method, so that nothing has to be referenced. What is not here is taken for a call inside the process.
/// </summary>
internal static class ExternalCalls
{
    /// <summary>What a call is, or <see langword="null"/> when it stays inside the process as far as is known.</summary>
    public static ExternalCallKind? Classify(IInvocationOperation call) => EffectOf(call)?.Kind;

    /// <summary>What a call does and whether that is the same when it is done twice; <see langword="null"/> when it stays inside the process as far as is known.</summary>
    public static Effect? EffectOf(IInvocationOperation call)
    {
        var method = call.TargetMethod.ReducedFrom ?? call.TargetMethod;
        if (method.ContainingType is not { } type || type.ContainingNamespace is not { IsGlobalNamespace: false } space || type.DeclaringSyntaxReferences.Length > 0)
        {
            return null;
        }

        if (method.Name.StartsWith("Execute", StringComparison.Ordinal) && IsCommand(type))
        {
            return ExternalApis.Command.Find(method.Name);
        }

        // The outermost namespace rules most calls out without a text being made.
        var top = Top(space);
        return top.Name switch
        {
            "System" => OfFramework(call, method, type, space),
            "Portable" => OfPortable(method, type),
            "Dapper" => OfDapper(call, method),
            _ => ExternalApis.Of(top.Name, space) is { } api && (api.CountsBlocking || IsRemote(method, type)) ? api.Find(method.Name) : null,
        };
    }

    /// <summary>The call as messages name it.</summary>
    public static string NameOf(IInvocationOperation call)
    {
        var type = call.Instance?.Type ?? (call.TargetMethod.IsExtensionMethod && call.Arguments.Length > 0 ? call.Arguments[0].Value.Type : null) ?? call.TargetMethod.ContainingType;
        return $"{type.Name}.{call.TargetMethod.Name}";
    }

    /// <summary>The outermost namespace.</summary>
    public static INamespaceSymbol Top(INamespaceSymbol space)
    {
        while (space.ContainingNamespace is { IsGlobalNamespace: false } outer)
        {
            space = outer;
        }

        return space;
    }

    private static Effect? OfFramework(IInvocationOperation call, IMethodSymbol method, INamedTypeSymbol type, INamespaceSymbol space) => (space.ToDisplayString(), type.Name) switch
    {
        ("System.Net.Http", "HttpClient" or "HttpMessageInvoker") when method.Name.StartsWith("Send", StringComparison.Ordinal) => HttpRequests.MethodOf(call) switch
        {
            "POST" or "PATCH" => new Effect(ExternalCallKind.HttpPost, Again: false),
            "PUT" or "DELETE" => new Effect(ExternalCallKind.HttpPut, Again: true),
            _ => new Effect(ExternalCallKind.Read, Again: true), // not known, or one that only asks
        },
        ("System.Net.Http", "HttpClient" or "HttpMessageInvoker") or ("System.Net.Http.Json", "HttpClientJsonExtensions") => ExternalApis.Http.Find(method.Name),
        ("System.Net", "WebClient") => ExternalApis.Web.Find(method.Name),
        ("System.Net.Mail", "SmtpClient") => ExternalApis.Mail.Find(method.Name),
        _ => null,
    };

    private static Effect? OfPortable(IMethodSymbol method, INamedTypeSymbol type) => (type.Name, method.Name) switch
    {
        ("IQueue", "Send") or ("IEventBus", "Publish") => new Effect(ExternalCallKind.Send, Again: false),
        ("IBlobStore", "Put" or "Delete") => new Effect(ExternalCallKind.SdkWrite, Again: true),
        ("IBlobStore", "Get") => new Effect(ExternalCallKind.Read, Again: true),
        ("IWorkflowClient", "Start") => new Effect(ExternalCallKind.SdkWrite, Again: false),
        ("IWorkflowClient", "Raise") => new Effect(ExternalCallKind.SdkWrite, Again: true), // a run takes an event once
        ("IWorkflowClient", "Get") => new Effect(ExternalCallKind.Read, Again: true),
        _ => null,
    };

    // Dapper runs any statement by any of its methods; only its text says what it does.
    private static Effect? OfDapper(IInvocationOperation call, IMethodSymbol method) =>
        ExternalApis.Dapper.Find(method.Name) is not { } effect ? null
        : Sql.Of(call) switch
        {
            SqlEffect.Read => new Effect(ExternalCallKind.Read, Again: true),
            SqlEffect.Repeatable => new Effect(ExternalCallKind.DatabaseWrite, Again: true),
            SqlEffect.Harmful => new Effect(ExternalCallKind.DatabaseWrite, Again: false),
            _ => effect,
        };

    /// <summary>Whether a type is a command of ADO.NET, whatever the database.</summary>
    private static bool IsCommand(INamedTypeSymbol type)
    {
        if (type is { TypeKind: TypeKind.Interface })
        {
            return type is { Name: "IDbCommand", ContainingNamespace: { Name: "Data", ContainingNamespace.Name: "System" } };
        }

        for (var level = type; level is not null; level = level.BaseType)
        {
            if (level is { Name: "DbCommand", ContainingNamespace: { Name: "Common", ContainingNamespace: { Name: "Data", ContainingNamespace.Name: "System" } } })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a method of an SDK calls the service. Those that can be awaited do; of the others those that are called like a write and belong to a client, as
    /// <c>QueueClient.SendMessage</c>: <c>CreateSender</c> and <c>GetBlobClient</c> only make objects, and what builders and documents add stays in them.
    /// </summary>
    private static bool IsRemote(IMethodSymbol method, INamedTypeSymbol type)
    {
        if (method.Name.StartsWith("Create", StringComparison.Ordinal) && (method.Name.Contains("Batch") || method.Name.Contains("Builder")))
        {
            return false;
        }

        if (method.ReturnType is INamedTypeSymbol { Name: "Task" or "ValueTask" or "AsyncUnaryCall" })
        {
            return true;
        }

        return method.Name.StartsWith("Create", StringComparison.Ordinal) ? method.Name == "Create" && Ends(type, "Service")
            : !method.Name.StartsWith("Get", StringComparison.Ordinal) && (Ends(type, "Client") || Ends(type, "Service") || Ends(type, "Sender") || Ends(type, "Producer") || Ends(type, "Channel") || Ends(type, "Collection"));
    }

    private static bool Ends(INamedTypeSymbol type, string word) => type.Name.EndsWith(word, StringComparison.Ordinal);
}
