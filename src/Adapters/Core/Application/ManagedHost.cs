namespace Portable.Runtime;

/// <summary>What an application says that is started as a process although the cloud loads it as a library.</summary>
public static class ManagedHost
{
    /// <summary>Writes the reason to standard error.</summary>
    /// <returns>The exit code 1.</returns>
    public static Task<int> NotAnExecutable(string reason)
    {
        Console.Error.WriteLine(reason);
        return Task.FromResult(1);
    }
}
