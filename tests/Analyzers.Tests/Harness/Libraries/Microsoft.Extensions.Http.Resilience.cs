using System;

namespace Microsoft.Extensions.Http.Resilience
{
    public class HttpRetryStrategyOptions;

    public class HttpStandardResilienceOptions { public HttpRetryStrategyOptions Retry { get; set; } = new(); }

    public static class HttpRetryStrategyOptionsExtensions { public static void DisableForUnsafeHttpMethods(this HttpRetryStrategyOptions options) { } }

    // Signatures of Microsoft.Extensions.Http, which the tests do not refer to otherwise.
    public interface IHttpClientBuilder;

    public sealed class HttpClients
    {
        public IHttpClientBuilder AddHttpClient<TClient>() where TClient : class => null!;
        public IHttpClientBuilder AddHttpClient<TClient, TImplementation>() where TClient : class where TImplementation : class, TClient => null!;
    }
}

namespace Microsoft.Extensions.DependencyInjection
{
    public static class ResilienceHttpClientBuilderExtensions
    {
        public static void AddStandardResilienceHandler(this Microsoft.Extensions.Http.Resilience.IHttpClientBuilder builder) { }
        public static void AddStandardResilienceHandler(this Microsoft.Extensions.Http.Resilience.IHttpClientBuilder builder, Action<Microsoft.Extensions.Http.Resilience.HttpStandardResilienceOptions> configure) { }
    }
}
