using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Text;
using Portable.CodeFixes;
using Xunit;

namespace Portable.Analyzers.Tests.Harness;

/// <summary>Applies code fixes as an editor does and compares the text that comes out.</summary>
internal static class Fix
{
    private static readonly ImmutableArray<CodeFixProvider> Providers =
    [
        .. typeof(MakePartialFix).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(CodeFixProvider)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];

    public static ImmutableHashSet<string> FixableIds { get; } = [.. Providers.SelectMany(p => p.FixableDiagnosticIds)];

    /// <summary>Asserts that the fix of the rule's first diagnostic turns one text into the other, and that the rule is content then.</summary>
    /// <param name="id">The rule.</param>
    /// <param name="before">The source of the first file.</param>
    /// <param name="after">What it becomes; <see langword="null"/> when it stays as it is.</param>
    /// <param name="newFile">A file that the fix adds, by name and text.</param>
    /// <param name="action">Which of the offered actions, by position.</param>
    /// <param name="all">Fix every diagnostic of the project at once.</param>
    public static async Task Changes(string id, string before, string? after, (string Name, string Text)? newFile = null, int action = 0, bool all = false)
    {
        using var workspace = new AdhocWorkspace();
        var project = Load(workspace, new Project(before));
        var (actions, diagnostic) = await Offered(project, id);
        Assert.True(actions.Count > action, $"No fix is offered for {id}.");
        var (provider, chosen) = actions[action];
        if (all)
        {
            var document = project.Documents.Single(d => d.Name == diagnostic.Location.SourceTree!.FilePath);
            var context = new FixAllContext(document, provider, FixAllScope.Project, chosen.EquivalenceKey, [id], new Reported(), TestContext.Current.CancellationToken);
            chosen = await provider.GetFixAllProvider()!.GetFixAsync(context) ?? throw new InvalidOperationException("No fix for all.");
        }

        project = await Apply(project, chosen);
        var expected = project.Documents.Select(d => d.Name).Where(name => name is not ("Usings.cs" or "Test0.cs"));
        Assert.Equal(newFile is { } file ? [file.Name] : [], expected);
        Assert.Equal(after ?? before, await TextOf(project, "Test0.cs"));
        if (newFile is { } added)
        {
            Assert.Equal(added.Text, await TextOf(project, added.Name));
        }

        var rest = await Diagnose(project, id);
        Assert.True(!all || rest.IsEmpty, "Something is left after fixing all.");
        Assert.DoesNotContain(rest, d => d.GetMessage() == diagnostic.GetMessage());
    }

    /// <summary>The project after the first fix that is offered for the rule's first diagnostic; <see langword="null"/> when none is.</summary>
    public static async Task<Project?> Apply(string id, Project source)
    {
        using var workspace = new AdhocWorkspace();
        var project = Load(workspace, source);
        var (actions, _) = await Offered(project, id);
        if (actions.Count == 0)
        {
            return null;
        }

        var changed = await Apply(project, actions[0].Action);
        var sources = new List<string>();
        foreach (var document in changed.Documents.Where(document => document.Name != "Usings.cs"))
        {
            sources.Add((await document.GetTextAsync(TestContext.Current.CancellationToken)).ToString());
        }

        var shapes = changed.AdditionalDocuments.SingleOrDefault();
        return source with { Sources = [.. sources], Shapes = shapes is null ? null : (await shapes.GetTextAsync(TestContext.Current.CancellationToken)).ToString() };
    }

    /// <summary>The first file, and the file of shapes, after a fix of the rule's first diagnostic, or of all.</summary>
    public static async Task<(string Source, string? Shapes)> Applied(string id, Project source, int action, bool all = false)
    {
        using var workspace = new AdhocWorkspace();
        var project = Load(workspace, source);
        var (actions, diagnostic) = await Offered(project, id);
        var (provider, chosen) = actions[action];
        if (all)
        {
            var document = project.Documents.Single(d => d.Name == diagnostic.Location.SourceTree!.FilePath);
            var context = new FixAllContext(document, provider, FixAllScope.Project, chosen.EquivalenceKey, [id], new Reported(), TestContext.Current.CancellationToken);
            chosen = await provider.GetFixAllProvider()!.GetFixAsync(context) ?? throw new InvalidOperationException("No fix for all.");
        }

        project = await Apply(project, chosen);
        var shapes = project.AdditionalDocuments.SingleOrDefault();
        return (await TextOf(project, "Test0.cs"), shapes is null ? null : (await shapes.GetTextAsync(TestContext.Current.CancellationToken)).ToString());
    }

    /// <summary>Asserts that nothing is offered for the rule's first diagnostic.</summary>
    public static async Task NotOffered(string id, string source)
    {
        using var workspace = new AdhocWorkspace();
        var (actions, _) = await Offered(Load(workspace, new Project(source)), id);
        Assert.Empty(actions);
    }

    private static Microsoft.CodeAnalysis.Project Load(AdhocWorkspace workspace, Project source)
    {
        var id = ProjectId.CreateNewId();
        var solution = workspace.CurrentSolution
            .AddProject(ProjectInfo.Create(id, VersionStamp.Default, "Tests", "Tests", LanguageNames.CSharp, parseOptions: Project.ParseOptions, compilationOptions: Project.CompilationOptions, metadataReferences: source.References).WithDefaultNamespace("Tests"))
            .WithOptions(workspace.Options.WithChangedOption(FormattingOptions.NewLine, LanguageNames.CSharp, "\n"));
        solution = solution.AddAnalyzerConfigDocument(
            DocumentId.CreateNewId(id),
            ".globalconfig",
            SourceText.From("is_global = true\n" + string.Concat(source.AllProperties.Select(property => $"build_property.{property.Key} = {property.Value}\n"))),
            filePath: "/.globalconfig");
        if (source.Shapes is { } shapes)
        {
            solution = solution.AddAdditionalDocument(DocumentId.CreateNewId(id), "portable.workflows.txt", shapes, filePath: "/portable.workflows.txt");
        }

        foreach (var (name, text) in source.Files)
        {
            solution = solution.AddDocument(DocumentId.CreateNewId(id), name, text, filePath: name);
        }

        return solution.GetProject(id)!;
    }

    private static async Task<(List<(CodeFixProvider Provider, CodeAction Action)> Actions, Diagnostic Diagnostic)> Offered(Microsoft.CodeAnalysis.Project project, string id)
    {
        var diagnostics = await Diagnose(project, id);
        Assert.NotEmpty(diagnostics);
        var document = project.Documents.Single(d => d.Name == diagnostics[0].Location.SourceTree!.FilePath);
        var actions = new List<(CodeFixProvider, CodeAction)>();
        foreach (var provider in Providers.Where(p => p.FixableDiagnosticIds.Contains(id)))
        {
            await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostics[0], (action, _) => actions.Add((provider, action)), TestContext.Current.CancellationToken));
        }

        return (actions, diagnostics[0]);
    }

    private static async Task<Microsoft.CodeAnalysis.Project> Apply(Microsoft.CodeAnalysis.Project project, CodeAction action)
    {
        var operations = await action.GetOperationsAsync(project.Solution, new Progress<CodeAnalysisProgress>(), TestContext.Current.CancellationToken);
        return Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution.GetProject(project.Id)!;
    }

    private static async Task<string> TextOf(Microsoft.CodeAnalysis.Project project, string name) =>
        (await project.Documents.Single(d => d.Name == name).GetTextAsync(TestContext.Current.CancellationToken)).ToString();

    private static async Task<ImmutableArray<Diagnostic>> Diagnose(Microsoft.CodeAnalysis.Project project, string id)
    {
        var compilation = (await project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        var diagnostics = await compilation.WithAnalyzers(Check.Analyzers, project.AnalyzerOptions).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. diagnostics.Where(d => d.Id == id).OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(d => d.Location.SourceSpan)];
    }

    private sealed class Reported : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Microsoft.CodeAnalysis.Project project, CancellationToken cancellationToken) =>
            (await Task.WhenAll(FixableIds.Select(id => Diagnose(project, id)))).SelectMany(d => d);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            (await GetAllDiagnosticsAsync(document.Project, cancellationToken)).Where(d => d.Location.SourceTree?.FilePath == document.Name);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Microsoft.CodeAnalysis.Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
