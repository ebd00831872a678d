using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Portable.Benchmarks.Analyzers;

/// <summary>What each analyzer takes, by the compiler's own account: for whoever makes one faster.</summary>
internal static class Profile
{
    public static async Task Run(ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        for (var round = 0; round < 3; round++)
        {
            await Compiler.Compile(analyzers, driver =>
            {
                if (round == 2)
                {
                    foreach (var (name, time) in analyzers
                        .Select(analyzer => (analyzer.GetType().Name, driver.GetAnalyzerTelemetryInfoAsync(analyzer, CancellationToken.None).GetAwaiter().GetResult().ExecutionTime.TotalMilliseconds))
                        .OrderByDescending(row => row.TotalMilliseconds))
                    {
                        Console.WriteLine($"{time,8:0.0} ms  {name}");
                    }
                }
            });
        }
    }
}
