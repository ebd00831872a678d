using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using Portable.Runtime;

namespace Portable;

/// <summary>
/// One invocation of a function: who, which attempt, until when. Bound to a parameter of this type.
/// What costs something (the scope of services, the cancellation of the deadline) is made when it is first asked for.
/// </summary>
public sealed partial class InvocationContext : IAsyncDisposable
{
    private readonly PortableApp _app;
    private readonly CancellationToken _abort;
    private IAsyncDisposable? _scope; // a service scope, untyped so that a function without services does not load its assembly
    private CancellationTokenSource? _deadlineSource;
    private CancellationTokenSource? _linkedSource;
    private ClaimsPrincipal? _user;
    private bool _hasOwnLimit;

    /// <summary>Begins an invocation; hosts do so, and tests may.</summary>
    /// <param name="app">The application.</param>
    /// <param name="functionName">The function.</param>
    /// <param name="invocationId">The platform's identifier of the invocation.</param>
    /// <param name="attempt">Which attempt this is where the platform says so, from 1.</param>
    /// <param name="deadline">When the platform ends the invocation.</param>
    /// <param name="traceParent">The W3C <c>traceparent</c> of the caller.</param>
    /// <param name="abort">Cancelled when the caller is gone or the host stops.</param>
    /// <param name="runId">The run of a workflow that the invocation belongs to.</param>
    /// <param name="idempotencyKey">What identifies the call of a step with <see cref="IdempotentAttribute"/>.</param>
    /// <param name="traceState">The W3C <c>tracestate</c> of the caller.</param>
    /// <param name="correlationId">The correlation id that the caller sent, as it came; see <see cref="CorrelationId"/>.</param>
    public InvocationContext(
        PortableApp app,
        string functionName,
        string invocationId,
        int attempt = 1,
        DateTimeOffset? deadline = null,
        string? traceParent = null,
        CancellationToken abort = default,
        string? runId = null,
        string? idempotencyKey = null,
        string? traceState = null,
        string? correlationId = null)
    {
        _app = app;
        IsColdStart = app.TakeColdStart();
        _abort = abort;
        FunctionName = functionName;
        InvocationId = invocationId;
        Attempt = attempt;
        Deadline = deadline;
        TraceParent = traceParent;
        TraceState = traceState;
        _correlationId = Correlation.Accept(correlationId);
        RunId = runId;
        IdempotencyKey = idempotencyKey;
    }

    /// <summary>The function.</summary>
    public string FunctionName { get; }

    /// <summary>The platform's identifier of this invocation.</summary>
    public string InvocationId { get; }

    /// <summary>Which attempt this is, from 1, where the platform says so.</summary>
    public int Attempt { get; }

    /// <summary>When the platform ends the invocation, where it says so.</summary>
    public DateTimeOffset? Deadline { get; private set; }

    /// <summary>The run of a workflow whose step this is.</summary>
    public string? RunId { get; }

    /// <summary>
    /// What identifies this call of a step with <see cref="IdempotentAttribute"/>: the member of the payload that it names, as text. A
    /// call that is repeated has the same.
    /// </summary>
    public string? IdempotencyKey { get; }

    /// <summary>Where the code runs: <c>local</c>, <c>aws</c>, <c>gcp</c> or <c>azure</c>.</summary>
    public string Cloud => _app.Cloud;

    /// <summary>Who calls: set where the function has a policy, see <see cref="AuthorizeAttribute"/>; without one nobody in particular. Never <see langword="null"/>.</summary>
    public ClaimsPrincipal User => _user ??= new ClaimsPrincipal(new ClaimsIdentity());

    /// <summary>Says who calls; policies of HTTP functions do so, and tests may.</summary>
    /// <param name="user">The caller.</param>
    public void SignIn(ClaimsPrincipal user) => _user = user;

    /// <summary>The services of this invocation.</summary>
    public IServiceProvider Services
    {
        get
        {
            if (_scope is null)
            {
                var scope = _app.Services.CreateAsyncScope();
                _scope = scope;
                CurrentInvocation.Set(scope.ServiceProvider, this);
            }

            return ((IServiceScope)_scope).ServiceProvider;
        }
    }

    /// <summary>
    /// Cancelled shortly before <see cref="Deadline"/>, early enough to report a failure before the platform ends the process,
    /// and when the caller is gone.
    /// </summary>
    public CancellationToken CancellationToken
    {
        get
        {
            if (Deadline is not { } deadline)
            {
                return _abort;
            }

            if (_deadlineSource is null)
            {
                var left = deadline - _app.Time.GetUtcNow();
                var margin = TimeSpan.FromTicks(Math.Min(left.Ticks / 10, TimeSpan.TicksPerSecond / 2));
                var wait = left - margin;
                _deadlineSource = new CancellationTokenSource(wait > TimeSpan.Zero ? Min(wait, TimeSpan.FromDays(24)) : TimeSpan.Zero, _app.Time);
                _linkedSource = _abort.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(_deadlineSource.Token, _abort) : null;
            }

            return (_linkedSource ?? _deadlineSource).Token;
        }
    }

    /// <summary>Whether the deadline has cancelled <see cref="CancellationToken"/>.</summary>
    public bool DeadlineReached => _deadlineSource?.IsCancellationRequested ?? false;

    /// <summary>Whether the caller is gone or the host stops: what fails then says nothing of the message.</summary>
    internal bool Aborted => _abort.IsCancellationRequested;

    /// <summary>
    /// Where nothing limits the invocation, limits what is left of it from now on. Called again, it begins again: each message of a
    /// batch has the time for itself.
    /// </summary>
    internal void LimitTo(TimeSpan time)
    {
        if (Deadline is null || _hasOwnLimit)
        {
            _hasOwnLimit = true;
            Deadline = _app.Time.GetUtcNow() + time;
            _deadlineSource?.CancelAfter(time);
        }
    }

    /// <summary>Ends the invocation: disposes its services, and hands on what was watched of it.</summary>
    public ValueTask DisposeAsync()
    {
        _linkedSource?.Dispose();
        _deadlineSource?.Dispose();
        return Span is not null ? EndWatchedAsync() : _scope?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
