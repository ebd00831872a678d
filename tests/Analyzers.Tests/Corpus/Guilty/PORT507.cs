//// web socket that listens
using System.Net.WebSockets;

namespace Shop;

public static class Ticker
{
    [Function, HttpTrigger("POST", "/ticker"), AllowAnonymous]
    public static async Task Listen(CancellationToken cancellationToken)
    {
        using var socket = [|new ClientWebSocket()|];
        await socket.ConnectAsync(new Uri("wss://ticker.example.com"), cancellationToken);
        var buffer = new byte[4096];
        while (socket.State == WebSocketState.Open)
        {
            var received = await socket.ReceiveAsync(buffer, cancellationToken);
            Console.WriteLine(received.Count);
        }
    }
}

//// web socket in a field
using System.Net.WebSockets;

namespace Shop;

public sealed class Pushes
{
    private readonly ClientWebSocket _socket = [|new ClientWebSocket()|];

    [Function, HttpTrigger("POST", "/pushes"), AllowAnonymous]
    public async Task Push(Order order, CancellationToken cancellationToken) =>
        await _socket.SendAsync(new byte[order.Cents], WebSocketMessageType.Binary, true, cancellationToken);
}

//// TCP server
using System.Net;
using System.Net.Sockets;

namespace Shop;

public static class Server
{
    [Function, HttpTrigger("POST", "/serve"), AllowAnonymous]
    public static async Task Serve(CancellationToken cancellationToken)
    {
        using var listener = [|new TcpListener(IPAddress.Loopback, 9000)|];
        listener.Start();
        using var client = await listener.AcceptTcpClientAsync(cancellationToken);
        Console.WriteLine(client.Connected);
    }
}

//// HTTP server
using System.Net;

namespace Shop;

public static class Server
{
    [Function, HttpTrigger("POST", "/serve"), AllowAnonymous]
    public static async Task Serve()
    {
        using var listener = [|new HttpListener()|];
        listener.Prefixes.Add("http://localhost:9000/");
        listener.Start();
        var request = await listener.GetContextAsync();
        request.Response.Close();
    }
}

//// ASP.NET Core in a function
// library: Microsoft.AspNetCore
using Microsoft.AspNetCore.Builder;

namespace Shop;

public static class Server
{
    [Function, HttpTrigger("POST", "/serve"), AllowAnonymous]
    public static void Serve() => [|WebApplication.Create()|].Run();
}

//// SignalR
// library: Microsoft.AspNetCore.SignalR.Client
using Microsoft.AspNetCore.SignalR.Client;

namespace Shop;

public static class Pushes
{
    [Function, HttpTrigger("POST", "/pushes"), AllowAnonymous]
    public static async Task Push(Order order, CancellationToken cancellationToken)
    {
        var hub = [|new HubConnectionBuilder()|].WithUrl("https://shop.example.com/hub").Build();
        await hub.StartAsync(cancellationToken);
    }
}

//// injected hub
// library: Microsoft.AspNetCore.SignalR.Client
using Microsoft.AspNetCore.SignalR.Client;

namespace Shop;

public sealed class Pushes(HubConnection [|hub|])
{
    [Function, HttpTrigger("POST", "/pushes"), AllowAnonymous]
    public Task Push(Order order, CancellationToken cancellationToken) => hub.SendAsync("placed", order.Id, cancellationToken);
}

//// MQTT
// library: MQTTnet
using MQTTnet;

namespace Shop;

public static class Devices
{
    [Function, HttpTrigger("POST", "/devices"), AllowAnonymous]
    public static void Connect() => Console.WriteLine([|new MqttClientFactory()|].CreateMqttClient());
}
