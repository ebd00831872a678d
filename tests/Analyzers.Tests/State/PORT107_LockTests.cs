using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.State;

public sealed class PORT107_LockTests
{
    private const string Members = """
        private static readonly object Gate = new();
        private static readonly SemaphoreSlim One = new(1, 1);
        private static readonly SemaphoreSlim Ten = new(10);
        private static readonly Mutex Single = new();
        private static readonly ReaderWriterLockSlim Table = new();
        private static readonly HttpClient Client = new();
        private static string? _token;
        private static void Post(Order order) => Client.PostAsync("http://a", null).Wait();
        """;

    [Theory]
    [InlineData("lock ([|Gate|]) { Post(order); }", "'Handle' holds 'Gate' while it calls 'HttpClient.PostAsync': ")]
    [InlineData("lock ([|typeof(Order)|]) { Post(order); }", "holds 'Order'")]
    [InlineData("[|Monitor.Enter(Gate)|]; try { Post(order); } finally { Monitor.Exit(Gate); }", null)]
    [InlineData("await [|One.WaitAsync(ct)|]; try { await Client.PostAsync(\"http://a\", null, ct); } finally { One.Release(); }", "holds 'One'")]
    [InlineData("[|Single.WaitOne()|]; Post(order);", "holds 'Single'")]
    [InlineData("[|Table.EnterWriteLock()|]; Post(order);", "holds 'Table'")]
    [InlineData("using var named = [|new Mutex(false, \"orders\")|];", "'Handle' makes a named Mutex")]
    [InlineData("using var named = [|new Semaphore(1, 1, order.Id)|]; named.WaitOne(); Post(order);", "a named Semaphore")]
    public Task Pretends(string statement, string? message) => Check.Reports("PORT107", HandlerSource.With(statement, Members), message);

    [Theory]
    [InlineData("lock (Gate) { Console.WriteLine(order.Id); }")]
    [InlineData("Post(order); lock (Gate) { Console.WriteLine(order.Id); }")]
    [InlineData("await Ten.WaitAsync(ct); try { await Client.PostAsync(\"http://a\", null, ct); } finally { Ten.Release(); }")]
    [InlineData("using var few = new SemaphoreSlim(1); await few.WaitAsync(ct); await Client.PostAsync(\"http://a\", null, ct);")]
    [InlineData("await One.WaitAsync(ct); try { if (_token is null) { var answer = await Client.PostAsync(\"http://a\", null, ct); _token = \"t\"; } } finally { One.Release(); }")]
    [InlineData("Table.EnterReadLock(); try { Post(order); } finally { Table.ExitReadLock(); }")]
    [InlineData("using var unnamed = new Mutex();")]
    public Task Does_not_pretend(string statement) => Check.Silent(HandlerSource.With(statement, Members));

    [Fact]
    public Task Code_without_handlers_may() => Check.Silent(HandlerSource.Beside("public static class Tool { private static readonly Mutex Only = new(false, \"tool\"); public static void Run() => Only.WaitOne(); }"));
}
