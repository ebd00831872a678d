using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portable.Runtime.Inference;

namespace Portable.Runtime;

internal sealed class PortableBuilder : IPortableBuilder
{
    private readonly ConfigurationManager _configuration = new();

    public PortableBuilder(string cloud, TimeProvider time, SecretMask mask)
    {
        Cloud = cloud;
        _configuration.AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true, reloadOnChange: false);
        if (cloud == "local" && UserSecrets.FileOf(AppContext.GetData(UserSecrets.Switch) as string) is { } secrets)
        {
            _configuration.AddJsonFile(secrets, optional: true, reloadOnChange: false);
        }

        _configuration.AddEnvironmentVariables();
        Services.AddSingleton<IConfiguration>(_configuration);
        Services.AddSingleton(time);
        Services.AddLogging(logging => logging.AddProvider(new LineLoggerProvider(Console.Out, LineFormat.Of(cloud, Environment.GetEnvironmentVariable)) { Mask = mask }));
        Services.Configure<LoggerFilterOptions>(options => LogLevels.From(_configuration).Apply(options));
        Services.AddSingleton<IInferenceClient, HttpInferenceClient>();
    }

    public IServiceCollection Services { get; } = new ServiceCollection();

    public IConfigurationManager Configuration => _configuration;

    public string Cloud { get; }

    public ServiceProvider Build() => Services.BuildServiceProvider();
}
