using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portable.Generated;
using Portable.Runtime;

namespace Portable.Drill.Worker;

/// <summary>The application of the drill.</summary>
public static class DrillApplication
{
    /// <summary>Makes it.</summary>
    /// <param name="ledger">Where effects go.</param>
    /// <param name="file">The file of the idempotency store, which all processes share.</param>
    public static PortableApp Create(ILedger ledger, string file) => PortableApplication.Create().With(
        app =>
        {
            app.Services.AddSingleton(ledger);
            app.Services.AddLogging(static logging => logging.ClearProviders());
            app.UseSqliteIdempotency(file);
        },
        outputs: new LedgerOutputs(ledger));
}

/// <summary>What the processes have in common.</summary>
[Startup]
public sealed class DrillStartup : IPortableStartup
{
    /// <inheritdoc/>
    public void Configure(IPortableBuilder app) => app.UseSqliteIdempotency("drill.db").ConfigureIdempotency(static options => options.LeaseMargin = TimeSpan.FromSeconds(0.5));
}
