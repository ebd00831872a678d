namespace Portable.Analyzers.Tests.Functions;

/// <summary>A class around functions under test, with types to use in them.</summary>
internal static class FunctionSource
{
    public static string With(string functions) => $$"""
        #pragma warning disable PORT208 // what is tested here is how functions are written, not where their failures go
        using Portable;
        using Portable.Runtime;
        namespace Orders;

        public sealed record Order(string Id, int Cents);
        public enum Size { Small, Large }
        public interface IStore;
        public sealed class Clock;

        [AllowAnonymous]
        public static class OrderFunctions
        {
        {{string.Join('\n', functions.Split('\n').Select(line => line.Length == 0 ? line : "    " + line))}}
        }
        """;

    /// <summary>The same in an application that says where idempotent work is remembered.</summary>
    public static string WithStore(string functions) =>
        With(functions) + "\n[Startup] public sealed class Start : IPortableStartup { public void Configure(IPortableBuilder app) => app.UseMemoryIdempotency(); }";
}
