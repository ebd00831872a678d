using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;

namespace Portable.Analyzers.Fit;

/// <summary>Knows the types that hold a connection open.</summary>
internal static class Connections
{
    /// <summary>Whether a loop sends or receives on a connection that it holds open: PORT507 speaks of it.</summary>
    public static bool AreUsedIn(ILoopOperation loop, BodyFacts code)
    {
        foreach (var call in code.Calls)
        {
            if (IsConnection(call.TargetMethod.ContainingType) && PollingLoop.Contains(loop, call.Syntax))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a type is a connection or a server that waits for some.</summary>
    public static bool IsConnection(ITypeSymbol? type) => type?.Name switch
    {
        "WebSocket" or "ClientWebSocket" => TypeNames.IsIn(type.ContainingNamespace, "System.Net.WebSockets"),
        "TcpListener" => TypeNames.IsIn(type.ContainingNamespace, "System.Net.Sockets"),
        "HttpListener" => TypeNames.IsIn(type.ContainingNamespace, "System.Net"),
        "WebApplication" => TypeNames.IsIn(type.ContainingNamespace, "Microsoft.AspNetCore.Builder"),
        "HubConnection" or "HubConnectionBuilder" => TypeNames.IsIn(type.ContainingNamespace, "Microsoft.AspNetCore.SignalR.Client"),
        "MqttFactory" or "MqttClientFactory" or "MqttServerFactory" => TypeNames.IsUnder(type.ContainingNamespace, "MQTTnet"),
        _ => false,
    };

    /// <summary>Whether a type that a class is given is a connection that somebody holds open for it.</summary>
    public static bool IsInjected(ITypeSymbol type) => type.Name switch
    {
        "HubConnection" or "ClientWebSocket" or "TcpListener" or "HttpListener" => IsConnection(type),
        "IMqttClient" or "MqttClient" => TypeNames.IsUnder(type.ContainingNamespace, "MQTTnet"),
        _ => false,
    };
}
