using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Azure.Functions.Worker
{
    public interface IAutoConfigureStartup
    {
        void Configure(IHostBuilder hostBuilder);
    }

    public interface IFunctionsWorkerApplicationBuilder
    {
        IServiceCollection Services { get; }
    }
}

namespace Microsoft.Azure.Functions.Worker.Core
{
    public abstract class WorkerExtensionStartup
    {
        public abstract void Configure(IFunctionsWorkerApplicationBuilder applicationBuilder);
    }

    [AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
    public sealed class WorkerExtensionStartupAttribute(Type startupType) : Attribute
    {
        public Type StartupType { get; } = startupType;
    }
}
