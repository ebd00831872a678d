using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Portable.Analyzers.Tests.Harness;

/// <summary>Runs every analyzer over sources and compares what they say with the marks.</summary>
internal static class Check
{
    /// <summary>Every analyzer of the assembly: a rule's test also proves that no other rule speaks up.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
    [
        .. typeof(PortableAnalyzer).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>Every rule by its id.</summary>
    public static ImmutableSortedDictionary<string, DiagnosticDescriptor> Rules { get; } = Analyzers
        .SelectMany(analyzer => analyzer.SupportedDiagnostics)
        .DistinctBy(rule => rule.Id)
        .ToImmutableSortedDictionary(rule => rule.Id, rule => rule, StringComparer.Ordinal);

    /// <summary>Asserts that a source with marks gets this rule's diagnostic at every mark, and nothing else.</summary>
    /// <param name="id">The rule.</param>
    /// <param name="source">The source.</param>
    /// <param name="message">A part of the first diagnostic's message.</param>
    /// <param name="errors">Ids of compiler errors that the source is meant to have.</param>
    public static Task Reports(string id, string source, string? message = null, params string[] errors)
    {
        var marked = Marked.Parse(source);
        return Reports(id, new Project(marked.Text), marked, message, errors);
    }

    /// <summary>The same for a project with properties, whose first source the marks are of.</summary>
    public static async Task Reports(string id, Project project, Marked marked, string? message = null, params string[] errors)
    {
        AssertCompiles(project, errors);
        var diagnostics = Relevant(await Run(project), id);
        var expected = marked.Spans.Select(span => (id, marked.Text.Substring(span.Start, span.Length), span));
        var actual = diagnostics.Select(d => (d.Id, Text(d, project), d.Location.SourceSpan));
        if (!expected.SequenceEqual(actual))
        {
            Assert.Fail($"Expected {List(expected)}\nbut got {List(actual)}\n{string.Join('\n', diagnostics)}");
        }

        if (message is not null)
        {
            Assert.Contains(message, diagnostics[0].GetMessage());
        }

        static string List(IEnumerable<(string, string, Microsoft.CodeAnalysis.Text.TextSpan)> items) =>
            string.Join(", ", items.Select(i => $"{i.Item1} at {i.Item3} '{i.Item2}'").DefaultIfEmpty("nothing"));
    }

    /// <summary>Asserts that no rule has anything to say.</summary>
    public static async Task Silent(Project project, params string[] errors)
    {
        AssertCompiles(project, errors);
        Assert.Empty(Relevant(await Run(project), null));
    }

    /// <inheritdoc cref="Silent(Project, string[])"/>
    public static Task Silent(string source) => Silent(new Project(source));

    /// <summary>What the analyzers say, in source order. An analyzer that throws fails the test.</summary>
    public static async Task<ImmutableArray<Diagnostic>> Run(Project project)
    {
        var compilation = project.Compile();
        var withAnalyzers = compilation.WithAnalyzers(
            Analyzers,
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([.. project.AllAdditionalFiles.Select(file => new InMemoryText(file.Path, file.Text))], project.Options),
                onAnalyzerException: (exception, _, _) => throw new InvalidOperationException("An analyzer threw.", exception),
                concurrentAnalysis: true,
                logAnalyzerExecutionTime: false));
        var diagnostics = await withAnalyzers.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. diagnostics.OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(d => d.Location.SourceSpan).ThenBy(d => d.Id, StringComparer.Ordinal)];
    }

    // Information about JSON contexts would be in nearly every test; it has tests of its own.
    private static ImmutableArray<Diagnostic> Relevant(ImmutableArray<Diagnostic> diagnostics, string? id) =>
        [.. diagnostics.Where(d => d.Severity > DiagnosticSeverity.Info || d.Id == id)];

    // A typo in a test's source must not pass for a rule's silence. Bodies that generators would write are missing here.
    private static void AssertCompiles(Project project, string[] errors)
    {
        var unexpected = project.Compile().GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(d => d.Severity == DiagnosticSeverity.Error && !errors.Contains(d.Id) && !IsWrittenByAGenerator(d));
        Assert.Empty(unexpected);
    }

    private static bool IsWrittenByAGenerator(Diagnostic diagnostic) => diagnostic.Id switch
    {
        "CS0534" or "CS7036" => Regex.IsMatch(diagnostic.GetMessage(), "JsonSerializerContext"),
        "CS8795" or "CS0762" => true, // a partial method without its implementation: [Inference]
        _ => false,
    };

    private static string Text(Diagnostic diagnostic, Project project) =>
        project.Files.First(file => file.Name == diagnostic.Location.SourceTree?.FilePath).Text
            .Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length);
}
