using System.Globalization;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Portable.Analyzers.Handlers;

/// <summary>What a project says is too much, by MSBuild properties that the compiler sees.</summary>
internal static class Thresholds
{
    /// <summary>The number that a property has, or the default where it has none that can be read.</summary>
    public static double Read(AnalyzerOptions options, string property, double otherwise) =>
        options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property." + property, out var text)
        && double.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;
}
