using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Portable.Benchmarks.Analyzers;

/// <summary>Compiles the workload as the command line compiler does: parse, generate, bind beside the analyzers, emit.</summary>
internal static class Compiler
{
    /// <summary>Compiles, and returns what is wrong.</summary>
    public static async Task<ImmutableArray<Diagnostic>> Compile(ImmutableArray<DiagnosticAnalyzer> analyzers, Action<AnalysisResult>? look = null)
    {
        Workload.Driver().RunGeneratorsAndUpdateCompilation(Workload.Create(), out var compilation, out _);
        ImmutableArray<Diagnostic> found;
        if (analyzers.IsEmpty)
        {
            found = compilation.GetDiagnostics();
        }
        else
        {
            var driver = compilation.WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([], new BuildProperties()), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: look is not null));
            compilation = driver.Compilation;
            if (look is null)
            {
                found = await driver.GetAllDiagnosticsAsync();
            }
            else
            {
                var result = await driver.GetAnalysisResultAsync(CancellationToken.None);
                found = result.GetAllDiagnostics();
                look(result);
            }
        }

        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        return [.. found.AddRange(emitted.Diagnostics).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
    }
}
