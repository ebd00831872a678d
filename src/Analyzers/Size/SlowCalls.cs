using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;

namespace Portable.Analyzers.Size;

/// <summary>Knows what keeps a thread waiting: waiting for tasks, sleeping, reading files and calling the network without await. Only what certainly does.</summary>
internal static class SlowCalls
{
    /// <summary>The call as messages name it, when it keeps the thread waiting.</summary>
    public static string? Of(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var type = (method.ReducedFrom ?? method).ContainingType;
        if (type is null || type.DeclaringSyntaxReferences.Length > 0 || type.ContainingNamespace is not { IsGlobalNamespace: false } space || IsAsync(method))
        {
            return null;
        }

        var top = space;
        while (top.ContainingNamespace is { IsGlobalNamespace: false } outer)
        {
            top = outer;
        }

        switch (top.Name)
        {
            case "System":
                return OfFramework(call, method, type, space);
            case "Microsoft":
                return (type.Name is "DatabaseFacade" or "RelationalDatabaseFacadeExtensions" && method.Name is "Migrate" or "EnsureCreated" or "EnsureDeleted") || IsDatabase(method, type) ? Name(call) : null;
            case "StackExchange":
                return type.Name == "ConnectionMultiplexer" && method.Name == "Connect" ? Name(call) : null;

            // A synchronous call of Azure's SDK answers with the response.
            case "Azure":
                return method.ReturnType is INamedTypeSymbol { Name: "Response" or "NullableResponse", ContainingNamespace: { Name: "Azure", ContainingNamespace.IsGlobalNamespace: true } } ? Name(call) : null;

            // Of Google's clients, whatever has an awaitable twin.
            case "Google":
                return !method.IsStatic && type.Name.EndsWith("Client", StringComparison.Ordinal) && type.GetMembers(method.Name + "Async").Length > 0 ? Name(call) : null;
            default:
                return IsDatabase(method, type) ? Name(call) : null;
        }
    }

    /// <summary>The same of the readers of files that are made over a path.</summary>
    public static string? Of(IObjectCreationOperation creation) => creation switch
    {
        { Type: { Name: "StreamReader", ContainingNamespace: { Name: "IO", ContainingNamespace.Name: "System" } }, Arguments: [{ Value.Type.SpecialType: SpecialType.System_String }, ..] } => "new StreamReader",
        { Type: { Name: "FileStream", ContainingNamespace: { Name: "IO", ContainingNamespace.Name: "System" } }, Arguments: [_, { Value: IFieldReferenceOperation { Field.Name: "Open" } }, ..] } => "new FileStream",
        _ => null,
    };

    /// <summary>The same of <c>Task.Result</c>.</summary>
    public static string? Of(IMemberReferenceOperation member) =>
        member is IPropertyReferenceOperation { Property: { Name: "Result", ContainingType: var type }, Instance: { } task } && IsTask(type) && !IsThere(task) ? Waited(task, "Result") : null;

    private static string? OfFramework(IInvocationOperation call, IMethodSymbol method, INamedTypeSymbol type, INamespaceSymbol space)
    {
        switch (type.Name)
        {
            case "Task" or "ValueTask" when method.Name is "Wait" or "WaitAll" or "WaitAny" && IsTask(type):
                return call.Instance is { } task ? IsThere(task) ? null : Waited(task, "Wait()") : Name(call);
            case "TaskAwaiter" or "ValueTaskAwaiter" or "ConfiguredTaskAwaiter" or "ConfiguredValueTaskAwaiter" when method.Name == "GetResult" && call.Instance is IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } awaited }:
                return IsThere(awaited) ? null : Waited(awaited, "GetAwaiter().GetResult()");
            case "Thread" when method.Name is "Sleep" or "Join" && Clients.Is(space, "System.Threading"):
                return Name(call);
            case "File" when method.Name is "ReadAllText" or "ReadAllBytes" or "ReadAllLines" or "ReadLines" or "OpenRead" or "OpenText" && Clients.Is(space, "System.IO"):
            case "Directory" when (method.Name.StartsWith("Get", StringComparison.Ordinal) && method.Name is "GetFiles" or "GetDirectories" or "GetFileSystemEntries") || (method.Name.StartsWith("Enumerate", StringComparison.Ordinal) && Clients.Is(space, "System.IO")):
                return Name(call);
            case "HttpClient" when method.Name == "Send":
            case "WebClient" when method.Name.StartsWith("Download", StringComparison.Ordinal) || method.Name.StartsWith("Upload", StringComparison.Ordinal):
            case "TcpClient" or "Socket" when method.Name == "Connect":
            case "Dns" when method.Name is "GetHostEntry" or "GetHostAddresses":
            case "Process" when method.Name == "WaitForExit":
                return Name(call);
            default:
                return IsDatabase(method, type) ? Name(call) : null;
        }
    }

    private static bool IsDatabase(IMethodSymbol method, INamedTypeSymbol type) => method.Name switch
    {
        "Open" => IsOrDerives(type, "DbConnection"),
        "ExecuteReader" or "ExecuteScalar" or "ExecuteNonQuery" => IsOrDerives(type, "DbCommand"),
        _ => false,
    };

    private static bool IsOrDerives(INamedTypeSymbol type, string name) => (type.Name == name && Clients.Is(type.ContainingNamespace, "System.Data.Common")) || Clients.Derives(type, "System.Data.Common", name);

    private static bool IsAsync(IMethodSymbol method) => method.Name.EndsWith("Async", StringComparison.Ordinal);

    private static bool IsTask(INamedTypeSymbol type) => type.Name is "Task" or "ValueTask" && Clients.Is(type.ContainingNamespace, "System.Threading.Tasks");

    // A task that is finished keeps nobody waiting.
    private static bool IsThere(IOperation task) => Clients.Bare(task) is
        IInvocationOperation { TargetMethod: { Name: "FromResult", ContainingType.Name: "Task" or "ValueTask" } }
        or IPropertyReferenceOperation { Property: { Name: "CompletedTask" } };

    private static string Name(IInvocationOperation call) => ExternalCalls.NameOf(call);

    private static string Waited(IOperation task, string how)
    {
        var waited = task is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } inner } ? inner : task;
        return waited is IInvocationOperation call ? $"{Name(call)}(...).{how}" : $"Task.{how}";
    }
}
