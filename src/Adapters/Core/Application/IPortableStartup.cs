using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Portable;

/// <summary>Configures the services of the application; the one implementation carries <see cref="StartupAttribute"/>.</summary>
public interface IPortableStartup
{
    /// <summary>Called once per process, before the first function that needs a service is invoked.</summary>
    void Configure(IPortableBuilder app);
}

/// <summary>What a startup class configures.</summary>
public interface IPortableBuilder
{
    /// <summary>The services; a scope of them lives as long as one invocation.</summary>
    IServiceCollection Services { get; }

    /// <summary>The configuration: <c>appsettings.json</c> beside the application when there is one, then, locally, user secrets, then environment variables.</summary>
    IConfigurationManager Configuration { get; }

    /// <summary>Where the code runs: <c>local</c>, <c>aws</c>, <c>gcp</c> or <c>azure</c>.</summary>
    string Cloud { get; }
}
