using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Portable.Generator.Tests.Harness;

/// <summary>A user's project under test.</summary>
internal sealed record Project(params string[] Sources)
{
    public const string Name = "Orders";

    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Text.Json;
        global using System.Text.Json.Serialization;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Portable;
        """;

    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    public Target Target { get; init; } = Target.Local;

    public OutputKind OutputKind { get; init; } = OutputKind.ConsoleApplication;

    public NullableContextOptions Nullable { get; init; } = NullableContextOptions.Enable;

    /// <summary>Further MSBuild properties.</summary>
    public ImmutableDictionary<string, string> Properties { get; init; } = ImmutableDictionary<string, string>.Empty;

    public ImmutableArray<MetadataReference> References { get; init; } = [.. Harness.References.Framework, .. Harness.References.Core, .. Harness.References.Clouds];

    public BuildProperties Options => new(Properties
        .SetItem("PortableCloud", Target.Cloud)
        .SetItem("PortableHosting", Target.Hosting)
        .SetItem("RootNamespace", Name));

    public CSharpCompilation Compile() => CSharpCompilation.Create(
        Name,
        [Parse(Usings, "Usings.cs"), .. Sources.Select((source, i) => Parse(source, $"File{i}.cs"))],
        References,
        new CSharpCompilationOptions(
            OutputKind,
            nullableContextOptions: Nullable,
            warningLevel: 9999,
            specificDiagnosticOptions: [KeyValuePair.Create("CS1701", ReportDiagnostic.Suppress)])); // CS1701: assemblies built for an older framework; the SDK suppresses it too

    public static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, ParseOptions, path);
}
