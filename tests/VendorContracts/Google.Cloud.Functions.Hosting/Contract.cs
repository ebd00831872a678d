using System.Reflection;

namespace Google.Cloud.Functions.Hosting;

public static class EntryPoint
{
    public const string FunctionTargetEnvironmentVariable = "FUNCTION_TARGET";
    public const string PortEnvironmentVariable = "PORT";

    public static Task<int> StartAsync(Assembly functionAssembly, string[] args) => throw null!;
}
