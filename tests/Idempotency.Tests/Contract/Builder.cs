using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Portable.Idempotency.Tests.Contract;

/// <summary>What a startup class is handed, for a store alone.</summary>
internal sealed class Builder : IPortableBuilder
{
    public Builder(TimeProvider time) => Services.AddSingleton(time);

    public IServiceCollection Services { get; } = new ServiceCollection();

    public IConfigurationManager Configuration { get; } = new ConfigurationManager();

    public string Cloud => "local";
}
