using System.Collections;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Portable.Generator.Tests.Harness;

/// <summary>A run of the generator over a project. A run may be followed by another over an edited project.</summary>
internal sealed class Run
{
    private readonly GeneratorDriver _driver;
    private readonly CSharpCompilation _input;

    private Run(GeneratorDriver driver, CSharpCompilation input)
    {
        _input = input;
        _driver = driver.RunGeneratorsAndUpdateCompilation(input, out var output, out _, TestContext.Current.CancellationToken);
        Output = (CSharpCompilation)output;
        Result = _driver.GetRunResult().Results[0];
    }

    /// <summary>The project with everything that was emitted.</summary>
    public CSharpCompilation Output { get; }

    public GeneratorRunResult Result { get; }

    public ImmutableArray<GeneratedSourceResult> Files => Result.GeneratedSources;

    /// <summary>The outputs that were written again, by hint name; cached ones are left out.</summary>
    public ImmutableArray<string> Rerun =>
    [
        .. Result.TrackedOutputSteps.Values.SelectMany(steps => steps).SelectMany(step => step.Outputs)
            .Where(output => output.Reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged))
            .SelectMany(output => HintNames(output.Value))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Runs the generator twice, the second time over an equal project: nothing may be computed anew.</summary>
    public static Run Of(Project project)
    {
        var first = Start(project);
        var again = first.Again(first._input.Clone());
        again.AssertNothingRan();
        return first;
    }

    public static Run Start(Project project) => new(
        CSharpGeneratorDriver.Create(
            [new PortableGenerator().AsSourceGenerator(), References.JsonGenerator().AsSourceGenerator()],
            additionalTexts: [],
            Project.ParseOptions,
            project.Options,
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true)),
        project.Compile());

    /// <summary>Runs the generator over an edited project.</summary>
    public Run Again(CSharpCompilation input) => new(_driver, input);

    /// <summary>Replaces text of a file, as an editor does, and runs the generator again.</summary>
    public Run Edit(int file, string text, string replacement)
    {
        var tree = _input.SyntaxTrees[file + 1];
        var source = tree.ToString();
        Assert.Contains(text, source, StringComparison.Ordinal);
        return Again(_input.ReplaceSyntaxTree(tree, Project.Parse(source.Replace(text, replacement, StringComparison.Ordinal), tree.FilePath)));
    }

    public string Text(string hintName) => Files.Single(file => file.HintName == hintName).SourceText.ToString();

    /// <summary>Everything that the compiler has to say: errors and warnings of user code and emitted code.</summary>
    public IEnumerable<Diagnostic> Complaints() =>
        Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
            .Where(diagnostic => diagnostic.Id != "CS1591" || !(diagnostic.Location.SourceTree is { } tree && _input.ContainsSyntaxTree(tree))); // emitted code is documented; the samples here need not be

    public void AssertCompiles()
    {
        Assert.Null(Result.Exception);
        Assert.Empty(Result.Diagnostics);
        var complaints = Complaints().ToList();
        if (complaints.Count > 0)
        {
            var where = complaints[0].Location.SourceTree;
            Assert.Fail($"{string.Join("\n", complaints.Take(10))}\n\n{where}");
        }
    }

    public void AssertNothingRan()
    {
        Assert.Null(Result.Exception);
        Assert.Empty(Rerun);
        foreach (var (name, steps) in Result.TrackedSteps.Where(step => IsOurs(step.Key)))
        {
            Assert.All(
                steps.SelectMany(step => step.Outputs),
                output => Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{name}: {output.Reason}"));
        }
    }

    public static bool IsOurs(string step) => typeof(TrackingNames).GetField(step) is not null;

    // The value of an output step is a tuple of Roslyn's own types: the files, then the diagnostics.
    private static IEnumerable<string> HintNames(object value)
    {
        var files = (IEnumerable)value.GetType().GetField("Item1")!.GetValue(value)!;
        foreach (var file in files)
        {
            yield return (string)file.GetType().GetProperty("HintName", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic)!.GetValue(file)!;
        }
    }
}
