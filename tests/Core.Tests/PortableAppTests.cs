using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portable.Runtime;

namespace Portable.Core.Tests;

public sealed class PortableAppTests
{
    [Fact]
    public void Services_are_built_once_and_when_they_are_first_asked_for()
    {
        var built = 0;
        var app = new PortableApp("aws", [], [], _ => built++);
        Assert.Equal(0, built);
        Parallel.For(0, 20, _ => Assert.NotNull(app.Services.GetService<TimeProvider>()));
        Assert.Equal(1, built);
    }

    [Fact]
    public async Task Disposing_disposes_the_services_that_were_built()
    {
        var app = new PortableApp("aws", [], [], app => app.Services.AddSingleton<Disposable>());
        var service = app.Services.GetRequiredService<Disposable>();
        await app.DisposeAsync();
        Assert.True(service.Disposed);
        await new PortableApp("aws", [], []).DisposeAsync();
    }

    [Fact]
    public void An_application_without_services_still_logs()
    {
        var app = PortableApp.WithoutServices("aws", [], []);
        Assert.True(app.CreateLogger("Portable").IsEnabled(LogLevel.Error));
        Assert.Throws<InvalidOperationException>(() => app.Services);
    }

    [Fact]
    public void More_configuration_brings_services_along() =>
        Assert.NotNull(PortableApp.WithoutServices("aws", [], []).With(app => app.Services.AddSingleton<Disposable>()).Services.GetService<Disposable>());

    private sealed class Disposable : IDisposable
    {
        public bool Disposed { get; private set; }

        public void Dispose() => Disposed = true;
    }
}
