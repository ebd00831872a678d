using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Portable.Generated;
using Portable.Idempotency.Tests.App;
using Portable.Runtime;
using Portable.Runtime.Idempotency;

namespace Portable.Idempotency.Tests.Behaviour;

/// <summary>The emitted application in this process, with a store that the test can break.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly PortableApp _app;
    private readonly FunctionInvoker _invoker;
    private int _invocations;

    public TestApp(IIdempotencyStore? store = null, Action<IdempotencyOptions>? options = null, TimeProvider? time = null)
    {
        Store = new BreakableStore(store ?? new MemoryIdempotencyStore(time));
        _app = PortableApplication.Create().With(
            app =>
            {
                app.UseIdempotencyStore(_ => Store);
                app.ConfigureIdempotency(o =>
                {
                    o.PollInterval = TimeSpan.FromMilliseconds(10);
                    options?.Invoke(o);
                });
                app.Services.AddSingleton<IEffects>(Effects);
            },
            time);
        _invoker = new FunctionInvoker(_app);
    }

    public BreakableStore Store { get; }

    public MemoryEffects Effects { get; } = new();

    /// <summary>Sends a request.</summary>
    public async Task<HttpReply> SendAsync(string function, string? key, string mode = "work", string? body = null) =>
        await _invoker.InvokeAsync((HttpFunction)_app.FindFunction(function)!, new Request(key, mode, body), Context(function));

    /// <summary>Delivers messages with the identifiers m1, m2 and so on.</summary>
    public Task<MessageOutcome> DeliverAsync(string function, params string[] bodies) =>
        DeliverAsync(function, [.. bodies.Select(static (body, i) => new ReceivedMessage($"m{i + 1}", Encoding.UTF8.GetBytes(body)))]);

    public async Task<MessageOutcome> DeliverAsync(string function, ReceivedMessage[] messages, bool ordered = false) =>
        await _invoker.InvokeAsync((MessageFunction)_app.FindFunction(function)!, messages, Context(function), ordered);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private InvocationContext Context(string function) => new(_app, function, $"i{Interlocked.Increment(ref _invocations)}");
}

/// <summary>A store that fails when it is told to, and counts what it is asked.</summary>
internal sealed class BreakableStore(IIdempotencyStore store) : IIdempotencyStore
{
    private int _begun;

    public bool IsOut { get; set; }

    public bool CannotComplete { get; set; }

    public bool CannotRelease { get; set; }

    public int Begun => _begun;

    public List<IdempotencyClaim> Claims { get; } = [];

    public int LargestResult => store.LargestResult;

    public ValueTask<IdempotencyState> BeginAsync(IdempotencyClaim claim, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _begun);
        lock (Claims)
        {
            Claims.Add(claim);
        }

        return IsOut ? throw new IOException("The store is out.") : store.BeginAsync(claim, cancellationToken);
    }

    public ValueTask<bool> CompleteAsync(IdempotencyLease lease, IdempotencyResult result, TimeSpan keptFor, CancellationToken cancellationToken) =>
        IsOut || CannotComplete ? throw new IOException("The store is out.") : store.CompleteAsync(lease, result, keptFor, cancellationToken);

    public ValueTask<bool> ReleaseAsync(IdempotencyLease lease, CancellationToken cancellationToken) =>
        IsOut || CannotRelease ? throw new IOException("The store is out.") : store.ReleaseAsync(lease, cancellationToken);
}
