namespace Portable.Integration.Tests.Support;

/// <summary>Builds inside the repository share its output folders: one at a time.</summary>
internal static class Gate
{
    private static readonly SemaphoreSlim One = new(1, 1);

    public static async Task<T> EnterAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await One.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            One.Release();
        }
    }
}
