namespace Microsoft.AspNetCore.SignalR.Client;

public class HubConnectionBuilder
{
    public HubConnectionBuilder WithUrl(string url) => throw null!;

    public HubConnection Build() => throw null!;
}

public class HubConnection
{
    public System.Threading.Tasks.Task StartAsync(System.Threading.CancellationToken cancellationToken = default) => throw null!;

    public System.Threading.Tasks.Task SendAsync(string methodName, object? arg, System.Threading.CancellationToken cancellationToken = default) => throw null!;
}
