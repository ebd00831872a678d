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
            await Compiler.Compile(analyzers, result =>
            {
                if (round == 2)
                {
                    foreach (var (analyzer, telemetry) in result.AnalyzerTelemetryInfo.OrderByDescending(row => row.Value.ExecutionTime))
                    {
                        Console.WriteLine($"{telemetry.ExecutionTime.TotalMilliseconds,8:0.0} ms  {analyzer.GetType().Name}");
                    }
                }
            });
        }
    }
}
