using Microsoft.CodeAnalysis;

namespace Portable.Analyzers.Size;

/// <summary>
/// The severity of a diagnostic whose place is a project file. Of those the compiler applies <c>.globalconfig</c> and <c>NoWarn</c> but no <c>.editorconfig</c>, which
/// knows source files only; so what is configured for the project's source holds.
/// </summary>
internal static class ProjectSeverity
{
    /// <summary>The severity, or <see langword="null"/> when the rule is off.</summary>
    public static DiagnosticSeverity? Of(DiagnosticDescriptor rule, Compilation compilation, CancellationToken cancellationToken)
    {
        if (compilation.Options.SyntaxTreeOptionsProvider is { } provider)
        {
            foreach (var tree in compilation.SyntaxTrees)
            {
                if (provider.TryGetDiagnosticValue(tree, rule.Id, cancellationToken, out var value))
                {
                    return value switch
                    {
                        ReportDiagnostic.Error => DiagnosticSeverity.Error,
                        ReportDiagnostic.Warn => DiagnosticSeverity.Warning,
                        ReportDiagnostic.Info => DiagnosticSeverity.Info,
                        ReportDiagnostic.Hidden => DiagnosticSeverity.Hidden,
                        ReportDiagnostic.Suppress => null,
                        _ => rule.DefaultSeverity,
                    };
                }
            }
        }

        return rule.DefaultSeverity;
    }
}
