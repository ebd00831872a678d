using System.Collections.Immutable;
using Portable.Analyzers.Tests.Harness;
using Project = Portable.Analyzers.Tests.Harness.Project;

namespace Portable.Analyzers.Tests.Size;

/// <summary>Projects whose package has been measured.</summary>
internal static class Measured
{
    public const long Megabyte = 1024 * 1024;

    /// <summary>A project with a report of these lines: kind, name, version, megabytes, who brings it, line of the project file.</summary>
    public static Project Project(params (string Kind, string Name, string Version, double Megabytes, string By, int Line)[] parts) => new(HandlerSource.With(""))
    {
        AdditionalFiles =
        [
            ("/shop/obj/portable.size.txt", "portable-size\t1\n" + string.Concat(parts.Select(part =>
                $"{part.Kind}\t{part.Name}\t{part.Version}\t{(long)(part.Megabytes * Megabyte)}\t{part.By}\t/shop/Shop.csproj\t{part.Line}\t5\n"))),
        ],
    };

    /// <summary>What the rules say of a project's package: id, severity, zero-based line, message.</summary>
    public static async Task<IReadOnlyList<(string Id, string Severity, string File, int Line, string Message)>> Say(Project project, params (string Name, string Value)[] properties)
    {
        var diagnostics = await Check.Run(project with { Properties = properties.ToImmutableDictionary(property => property.Name, property => property.Value) });
        return
        [
            .. diagnostics
                .Where(diagnostic => diagnostic.Id.StartsWith("PORT30", StringComparison.Ordinal) && diagnostic.Id != "PORT301")
                .Select(diagnostic => (diagnostic.Id, diagnostic.Severity.ToString(), diagnostic.Location.GetLineSpan().Path, diagnostic.Location.GetLineSpan().StartLinePosition.Line, diagnostic.GetMessage())),
        ];
    }
}
