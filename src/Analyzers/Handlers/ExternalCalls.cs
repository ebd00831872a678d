using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Portable.Analyzers.Handlers;

/// <summary>
/// Knows the calls that leave the process: HTTP clients, the clouds' SDKs, databases, caches, mail, and Portable's own outputs. By name and namespace of
/// the type that declares the method, so that nothing has to be referenced. What is not here is taken for a call inside the process.
/// </summary>
internal static class ExternalCalls
{
    private static readonly string[] Reads = ["Get", "List", "Describe", "Query", "Scan", "Head", "Read", "Receive", "Exists", "Download", "Peek", "Fetch", "Find", "Search", "Lookup", "Batch", "Select", "Check"];

    private static readonly string[] Writes =
        ["Put", "Post", "Patch", "Update", "Delete", "Remove", "Send", "Publish", "Create", "Invoke", "Write", "Start", "Upload", "Upsert", "Insert", "Add", "Set", "Copy", "Move", "Replace", "Transact", "BatchWrite", "Execute", "Commit", "Enqueue", "Append", "Raise"];

    private static readonly string[] SdkNamespaces = ["Amazon", "Azure", "Google.Cloud", "Google.Apis", "Microsoft.Azure.Cosmos", "Stripe", "Twilio", "SendGrid"];

    /// <summary>What a call is, or <see langword="null"/> when it stays inside the process as far as is known.</summary>
    public static ExternalCallKind? Classify(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var type = (method.ReducedFrom ?? method).ContainingType;
        if (type is null || type.ContainingNamespace is not { IsGlobalNamespace: false } space || type.DeclaringSyntaxReferences.Length > 0)
        {
            return null;
        }

        // The outermost namespace rules most calls out without a text being made.
        var top = Top(space);
        return top.Name switch
        {
            "System" => OfFramework(call, method, type, space.ToDisplayString()),
            "Portable" => OfPortable(method, type),
            "Microsoft" => OfMicrosoft(method, type, space.ToDisplayString()),
            "Dapper" => method.Name.StartsWith("Execute", StringComparison.Ordinal) && !method.Name.StartsWith("ExecuteReader", StringComparison.Ordinal) ? ExternalCallKind.DatabaseWrite : ExternalCallKind.Read,
            "StackExchange" => OfVerb(method.Name.StartsWith("String", StringComparison.Ordinal) || method.Name.StartsWith("Hash", StringComparison.Ordinal) ? method.Name.Substring(method.Name.StartsWith("S", StringComparison.Ordinal) ? 6 : 4) : method.Name, ExternalCallKind.DatabaseWrite),
            "MongoDB" => OfVerb(method.Name, ExternalCallKind.DatabaseWrite),
            "MailKit" => method.Name.StartsWith("Send", StringComparison.Ordinal) ? ExternalCallKind.Send : null,
            "Confluent" or "RabbitMQ" or "MassTransit" or "NServiceBus" => OfVerb(method.Name, ExternalCallKind.Send),
            _ => IsSdk(space.ToDisplayString()) ? OfVerb(method.Name, ExternalCallKind.SdkWrite) : null,
        };
    }

    /// <summary>The call as messages name it.</summary>
    public static string NameOf(IInvocationOperation call)
    {
        var type = call.Instance?.Type ?? (call.TargetMethod.IsExtensionMethod && call.Arguments.Length > 0 ? call.Arguments[0].Value.Type : null) ?? call.TargetMethod.ContainingType;
        return $"{type.Name}.{call.TargetMethod.Name}";
    }

    private static ExternalCallKind? OfFramework(IInvocationOperation call, IMethodSymbol method, INamedTypeSymbol type, string space)
    {
        switch (space)
        {
            case "System.Net.Http" when type.Name is "HttpClient" or "HttpMessageInvoker":
            case "System.Net.Http.Json" when type.Name == "HttpClientJsonExtensions":
                return OfHttp(call, method);
            case "System.Data" or "System.Data.Common" when method.Name.StartsWith("ExecuteNonQuery", StringComparison.Ordinal):
                return ExternalCallKind.DatabaseWrite;
            case "System.Data" or "System.Data.Common" when method.Name.StartsWith("Execute", StringComparison.Ordinal):
                return ExternalCallKind.Read;
            case "System.Data.SqlClient":
                return method.Name.StartsWith("ExecuteNonQuery", StringComparison.Ordinal) ? ExternalCallKind.DatabaseWrite : method.Name.StartsWith("Execute", StringComparison.Ordinal) ? ExternalCallKind.Read : null;
            case "System.Net.Mail" when method.Name.StartsWith("Send", StringComparison.Ordinal):
                return ExternalCallKind.Send;
            default:
                return null;
        }
    }

    private static ExternalCallKind? OfHttp(IInvocationOperation call, IMethodSymbol method)
    {
        if (method.Name.StartsWith("Send", StringComparison.Ordinal))
        {
            return MethodOfRequest(call) switch
            {
                "Post" or "Patch" => ExternalCallKind.HttpPost,
                "Put" or "Delete" => ExternalCallKind.HttpPut,
                _ => ExternalCallKind.Read, // not known, or one that only asks
            };
        }

        return method.Name switch
        {
            _ when method.Name.StartsWith("Post", StringComparison.Ordinal) || method.Name.StartsWith("Patch", StringComparison.Ordinal) => ExternalCallKind.HttpPost,
            _ when method.Name.StartsWith("Put", StringComparison.Ordinal) || method.Name.StartsWith("Delete", StringComparison.Ordinal) => ExternalCallKind.HttpPut,
            _ when method.Name.StartsWith("Get", StringComparison.Ordinal) => ExternalCallKind.Read,
            _ => null,
        };
    }

    /// <summary>The method of a request that is made in the call or in a local variable just for it: <c>HttpMethod.Post</c>.</summary>
    private static string? MethodOfRequest(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value is IObjectCreationOperation creation)
            {
                return Of(creation);
            }

            if (argument.Value is ILocalReferenceOperation { Local: { } local } && argument.Value.SemanticModel is { } model
                && local.DeclaringSyntaxReferences.Length == 1
                && model.SyntaxTree == local.DeclaringSyntaxReferences[0].SyntaxTree
                && model.GetOperation(local.DeclaringSyntaxReferences[0].GetSyntax()) is IVariableDeclaratorOperation { Initializer.Value: IObjectCreationOperation made })
            {
                return Of(made);
            }
        }

        return null;

        static string? Of(IObjectCreationOperation creation)
        {
            foreach (var argument in creation.Arguments)
            {
                if (argument.Value is IPropertyReferenceOperation { Property: { IsStatic: true, ContainingType.Name: "HttpMethod" } verb })
                {
                    return verb.Name;
                }
            }

            return null;
        }
    }

    private static ExternalCallKind? OfPortable(IMethodSymbol method, INamedTypeSymbol type) => (type.Name, method.Name) switch
    {
        ("IQueue" or "IEventBus" or "OutputExtensions", "Send" or "SendAll" or "Publish") => ExternalCallKind.Send,
        ("IBlobStore" or "OutputExtensions", "Put" or "PutText" or "PutJson" or "Delete") => ExternalCallKind.SdkWrite,
        ("IBlobStore" or "OutputExtensions", _) => ExternalCallKind.Read,
        ("IWorkflowClient", "Start" or "Raise") => ExternalCallKind.SdkWrite,
        ("IWorkflowClient", _) => ExternalCallKind.Read,
        _ => null,
    };

    private static ExternalCallKind? OfMicrosoft(IMethodSymbol method, INamedTypeSymbol type, string space) => space switch
    {
        "Microsoft.EntityFrameworkCore" when method.Name is "SaveChanges" or "SaveChangesAsync" => ExternalCallKind.DatabaseWrite,
        "Microsoft.EntityFrameworkCore" when method.Name.StartsWith("ExecuteSql", StringComparison.Ordinal) || method.Name.StartsWith("ExecuteUpdate", StringComparison.Ordinal) || method.Name.StartsWith("ExecuteDelete", StringComparison.Ordinal) => ExternalCallKind.DatabaseWrite,
        "Microsoft.EntityFrameworkCore" when type.Name == "EntityFrameworkQueryableExtensions" && method.Name.EndsWith("Async", StringComparison.Ordinal) => ExternalCallKind.Read,
        "Microsoft.Data.SqlClient" or "Microsoft.Data.Sqlite" => method.Name.StartsWith("ExecuteNonQuery", StringComparison.Ordinal) ? ExternalCallKind.DatabaseWrite : method.Name.StartsWith("Execute", StringComparison.Ordinal) ? ExternalCallKind.Read : null,
        _ when IsSdk(space) => OfVerb(method.Name, ExternalCallKind.SdkWrite),
        _ => null,
    };

    private static ExternalCallKind? OfVerb(string name, ExternalCallKind write)
    {
        if (Begins(name, Writes))
        {
            return write;
        }

        return name.EndsWith("Async", StringComparison.Ordinal) && Begins(name, Reads) ? ExternalCallKind.Read : null;
    }

    private static bool Begins(string name, string[] words)
    {
        foreach (var word in words)
        {
            // "Set" begins "SetAsync" and "SetItem", not "Settle".
            if (name.StartsWith(word, StringComparison.Ordinal) && (name.Length == word.Length || !char.IsLower(name[word.Length])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSdk(string space)
    {
        foreach (var sdk in SdkNamespaces)
        {
            if (space.StartsWith(sdk, StringComparison.Ordinal) && (space.Length == sdk.Length || space[sdk.Length] == '.'))
            {
                return true;
            }
        }

        return false;
    }

    private static INamespaceSymbol Top(INamespaceSymbol space)
    {
        while (space.ContainingNamespace is { IsGlobalNamespace: false } outer)
        {
            space = outer;
        }

        return space;
    }
}
