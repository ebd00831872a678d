using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Portable.Analyzers.Workflows;
using Portable.Generator.Discovery;

namespace Portable.CodeFixes;

/// <summary>PORT735: writes the shape of a workflow down, or raises the workflow's version.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WorkflowShapeFix)), Shared]
public sealed class WorkflowShapeFix : PortableFix
{
    private const string Write = "Write";

    /// <summary>Creates the fix.</summary>
    public WorkflowShapeFix()
        : base(RuleIdentifiers.WorkflowShape)
    {
    }

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new AllShapes();

    private protected override Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        if (!diagnostic.Properties.TryGetValue(WorkflowShapeAnalyzer.LineProperty, out var line) || line is null)
        {
            return Task.CompletedTask; // only its author can bring a step back
        }

        var project = context.Document.Project;
        context.RegisterCodeFix(
            CodeAction.Create($"Write the shape into {WorkflowShapes.FileName}", cancellationToken => WithLines(project, [line], cancellationToken), Write),
            diagnostic);
        if (diagnostic.Properties.TryGetValue(WorkflowShapeAnalyzer.VersionProperty, out var version) && version is not null
            && diagnostic.Properties.TryGetValue(WorkflowShapeAnalyzer.RaisedLineProperty, out var raised) && raised is not null && AttributeAt(node) is { } attribute)
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Raise Version to {version}, and write its shape into {WorkflowShapes.FileName}",
                    cancellationToken => WithLines(context.Document.WithSyntaxRoot(root.ReplaceNode(attribute, Raised(attribute, version))).Project, [raised], cancellationToken),
                    "Raise"),
                diagnostic);
        }

        return Task.CompletedTask;
    }

    private static AttributeSyntax? AttributeAt(SyntaxNode node) => node.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.AttributeLists
        .SelectMany(static list => list.Attributes)
        .FirstOrDefault(static attribute => attribute.Name.ToString() is "Workflow" or "WorkflowAttribute" && attribute.ArgumentList is not null);

    private static AttributeSyntax Raised(AttributeSyntax attribute, string version)
    {
        var number = SyntaxFactory.ParseExpression(version);
        var list = attribute.ArgumentList!;
        if (list.Arguments.FirstOrDefault(static argument => argument.NameEquals?.Name.Identifier.ValueText == "Version") is { } stated)
        {
            return attribute.ReplaceNode(stated.Expression, number.WithTriviaFrom(stated.Expression));
        }

        var added = SyntaxFactory.AttributeArgument(number)
            .WithNameEquals(SyntaxFactory.NameEquals(SyntaxFactory.IdentifierName("Version")).WithEqualsToken(SyntaxFactory.Token(SyntaxKind.EqualsToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space)));
        var arguments = list.Arguments.GetWithSeparators().Add(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space)).Add(added);
        return attribute.WithArgumentList(list.WithArguments(SyntaxFactory.SeparatedList<AttributeArgumentSyntax>(arguments)));
    }

    /// <summary>The solution whose file of shapes has the lines: in the place of those of the same workflow and version, else at the end.</summary>
    private static async Task<Solution> WithLines(Project project, IEnumerable<string> added, CancellationToken cancellationToken)
    {
        var file = project.AdditionalDocuments.First(static document => Path.GetFileName(document.FilePath ?? document.Name) == WorkflowShapes.FileName);
        var text = await file.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var lines = text.Lines.Select(static line => line.ToString()).ToList();
        while (lines.Count > 0 && lines[lines.Count - 1].Trim().Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        foreach (var line in added)
        {
            var key = WorkflowShapes.KeyOf(line);
            var at = lines.FindIndex(other => WorkflowShapes.KeyOf(other) == key);
            if (at < 0)
            {
                lines.Add(line);
            }
            else
            {
                lines[at] = line;
            }
        }

        return project.Solution.WithAdditionalDocumentText(file.Id, SourceText.From(string.Join("\n", lines) + "\n", text.Encoding));
    }

    // The provider of the platform knows nothing of files beside the sources.
    private sealed class AllShapes : FixAllProvider
    {
        public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
        {
            if (fixAllContext.CodeActionEquivalenceKey != Write)
            {
                return null; // versions are raised one by one, where runs are known to be under way
            }

            var projects = fixAllContext.Scope == FixAllScope.Solution ? fixAllContext.Solution.Projects : [fixAllContext.Project];
            var solution = fixAllContext.Solution;
            foreach (var project in projects)
            {
                var diagnostics = fixAllContext.Scope == FixAllScope.Document && fixAllContext.Document is { } document
                    ? await fixAllContext.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)
                    : await fixAllContext.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
                var lines = Lines(diagnostics);
                if (lines.Count > 0)
                {
                    solution = await WithLines(solution.GetProject(project.Id)!, lines, fixAllContext.CancellationToken).ConfigureAwait(false);
                }
            }

            return CodeAction.Create($"Write the shapes into {WorkflowShapes.FileName}", _ => Task.FromResult(solution), Write);
        }

        private static List<string> Lines(ImmutableArray<Diagnostic> diagnostics) =>
            [.. diagnostics.Select(static diagnostic => diagnostic.Properties.TryGetValue(WorkflowShapeAnalyzer.LineProperty, out var line) ? line : null).OfType<string>().OrderBy(static line => line, StringComparer.Ordinal)];
    }
}
