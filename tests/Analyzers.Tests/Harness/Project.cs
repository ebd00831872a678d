using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Portable.Analyzers.Tests.Harness;

/// <summary>A project under test: sources that see the framework, and Portable unless told otherwise.</summary>
internal sealed record Project(params string[] Sources)
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly ImmutableArray<MetadataReference> Framework = ReadFramework();

    private static readonly ImmutableArray<MetadataReference> Portable =
    [
        MetadataReference.CreateFromFile(typeof(FunctionAttribute).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(IPortableStartup).Assembly.Location),
    ];

    private static readonly ImmutableArray<MetadataReference> Extensions =
    [
        .. Directory.EnumerateFiles(AppContext.BaseDirectory, "Microsoft.Extensions.*.dll").Order(StringComparer.Ordinal).Select(file => MetadataReference.CreateFromFile(file)),
    ];

    /// <summary>MSBuild properties that the compiler sees, such as <c>PublishAot</c>: those given here, and those of lines <c>// property: PublishAot=true</c>.</summary>
    public ImmutableDictionary<string, string> Properties { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Files that the build hands to the compiler beside the source.</summary>
    public ImmutableArray<(string Path, string Text)> AdditionalFiles { get; init; } = [];

    /// <summary>Severities of rules that <c>.editorconfig</c> sets for the source.</summary>
    public ImmutableDictionary<string, ReportDiagnostic> Severities { get; init; } = ImmutableDictionary<string, ReportDiagnostic>.Empty;

    /// <summary>The text of <c>portable.workflows.txt</c>, as given here or in lines <c>// shape: order v1: Pack</c>; <see langword="null"/> where the project has none.</summary>
    public string? Shapes
    {
        get => field ?? (Directives("shape").ToArray() is { Length: > 0 } lines ? string.Join('\n', lines) : null);
        init;
    }

    /// <summary>The files beside the source, wherever they are stated.</summary>
    public IEnumerable<(string Path, string Text)> AllAdditionalFiles => Shapes is { } shapes ? AdditionalFiles.Append(("portable.workflows.txt", shapes)) : AdditionalFiles;

    /// <summary>Whether the project references Portable.</summary>
    public bool UsesPortable { get; init; } = true;

    public static ParseOptions ParseOptions { get; } = new CSharpParseOptions(LanguageVersion.Latest);

    public static CSharpCompilationOptions CompilationOptions { get; } =
        new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);

    /// <summary>What the project refers to: lines <c>// library: Dapper</c> in its sources add stand-ins for others' packages.</summary>
    public ImmutableArray<MetadataReference> References =>
        UsesPortable ? [.. Framework, .. Portable, .. Extensions, .. Directives("library").Select(Libraries.Get)] : Framework;

    /// <summary>The options that analyzers and fixes read.</summary>
    public AnalyzerConfigOptionsProvider Options => new BuildProperties(AllProperties);

    /// <summary>The properties that the compiler sees, wherever they are stated; the last of several holds.</summary>
    public ImmutableDictionary<string, string> AllProperties => Properties.SetItems(
        Directives("property").Select(text => text.Split('=', 2)).Select(parts => KeyValuePair.Create(parts[0], parts[1])));

    /// <summary>The files by name; the first holds what every project has, global usings.</summary>
    public IEnumerable<(string Name, string Text)> Files =>
        [("Usings.cs", Usings), .. Sources.Select((source, i) => ($"Test{i}.cs", source))];

    public CSharpCompilation Compile() => CSharpCompilation.Create(
        "Tests",
        Files.Select(file => CSharpSyntaxTree.ParseText(file.Text, (CSharpParseOptions)ParseOptions, file.Name)),
        References,
        Severities.IsEmpty ? CompilationOptions : CompilationOptions.WithSyntaxTreeOptionsProvider(new Configured(Severities)));

    private IEnumerable<string> Directives(string name) => Sources
        .SelectMany(source => source.Split('\n'))
        .Where(line => line.StartsWith($"// {name}: ", StringComparison.Ordinal))
        .Select(line => line[(name.Length + 5)..].Trim())
        .Distinct(StringComparer.Ordinal);

    internal static ImmutableArray<MetadataReference> FrameworkReferences => Framework;

    private static ImmutableArray<MetadataReference> ReadFramework()
    {
        var pack = typeof(Project).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ReferencePack").Value!;
        var folder = Directory.EnumerateDirectories(Path.Combine(pack, "ref")).Single();
        return [.. Directory.EnumerateFiles(folder, "*.dll").Order(StringComparer.Ordinal).Select(file => MetadataReference.CreateFromFile(file))];
    }

    private sealed class Configured(ImmutableDictionary<string, ReportDiagnostic> severities) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            severities.TryGetValue(diagnosticId, out severity);

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = default;
            return false;
        }
    }

    private sealed class BuildProperties(ImmutableDictionary<string, string> properties) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(properties);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values(ImmutableDictionary<string, string> properties) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
            {
                const string Prefix = "build_property.";
                value = null;
                return key.StartsWith(Prefix, StringComparison.Ordinal) && properties.TryGetValue(key[Prefix.Length..], out value);
            }
        }
    }
}
