namespace Portable;

/// <summary>One of several things that <c>flow.Parallel</c> runs side by side; made by <c>flow.Branch</c>.</summary>
/// <typeparam name="T">The type of its result; <see cref="None"/> for none.</typeparam>
public sealed class Branch<T>
{
    private readonly Func<Task<T>> _body;
    private T _result = default!;

    internal Branch(Func<Task<T>> body) => _body = body;

    internal T Result => _result;

    internal async Task RunAsync() => _result = await _body();
}
