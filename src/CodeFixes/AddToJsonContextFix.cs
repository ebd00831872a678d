using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Portable.Analyzers.Json;
using Portable.Generator.Discovery;

namespace Portable.CodeFixes;

/// <summary>PORT301: names a type in a <c>JsonSerializerContext</c>, or writes a context when the project has none.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddToJsonContextFix)), Shared]
public sealed class AddToJsonContextFix : PortableFix
{
    /// <summary>Creates the fix.</summary>
    public AddToJsonContextFix()
        : base(RuleIdentifiers.PayloadWithoutJsonContext)
    {
    }

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new AllTypes();

    private protected override async Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        if (TypeOf(diagnostic) is not { } type)
        {
            return;
        }

        var project = context.Document.Project;
        var contexts = await JsonContextEdit.FindContexts(project, context.CancellationToken).ConfigureAwait(false);
        foreach (var existing in contexts)
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Add [JsonSerializable(typeof({type.Name}))] to {existing.Name}",
                    token => JsonContextEdit.Add(project, existing, [type.FullName], token),
                    EquivalenceKey(existing)),
                diagnostic);
        }

        if (contexts.Count == 0)
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Write a JsonSerializerContext with [JsonSerializable(typeof({type.Name}))]",
                    token => JsonContextEdit.Create(project, [type.FullName], token),
                    EquivalenceKey(null)),
                diagnostic);
        }
    }

    private static string EquivalenceKey(INamedTypeSymbol? existing) => $"{nameof(AddToJsonContextFix)}:{existing?.ToDisplayString()}";

    private static (string FullName, string Name)? TypeOf(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(JsonContextAnalyzer.TypeProperty, out var fullName) && fullName is not null
        && diagnostic.Properties.TryGetValue(JsonContextAnalyzer.TypeNameProperty, out var name) && name is not null
            ? (fullName, name)
            : null;

    /// <summary>
    /// Every fix edits the same class, which the usual merging of separate edits takes for conflicts: one edit with all types instead.
    /// </summary>
    private sealed class AllTypes : FixAllProvider
    {
        public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

        public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
        {
            var solution = fixAllContext.Solution;
            foreach (var project in fixAllContext.Scope == FixAllScope.Solution ? solution.Projects : [fixAllContext.Project])
            {
                var diagnostics = fixAllContext.Scope == FixAllScope.Document && fixAllContext.Document is { } document
                    ? await fixAllContext.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)
                    : await fixAllContext.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
                var types = diagnostics.Where(d => d.Id == RuleIdentifiers.PayloadWithoutJsonContext)
                    .Select(TypeOf).Where(type => type is not null).Select(type => type!.Value.FullName)
                    .Distinct().OrderBy(name => name, StringComparer.Ordinal).ToArray();
                if (types.Length == 0)
                {
                    continue;
                }

                var current = solution.GetProject(project.Id)!;
                var contexts = await JsonContextEdit.FindContexts(current, fixAllContext.CancellationToken).ConfigureAwait(false);
                var chosen = contexts.FirstOrDefault(c => EquivalenceKey(c) == fixAllContext.CodeActionEquivalenceKey) ?? contexts.FirstOrDefault();
                solution = chosen is null
                    ? await JsonContextEdit.Create(current, types, fixAllContext.CancellationToken).ConfigureAwait(false)
                    : await JsonContextEdit.Add(current, chosen, types, fixAllContext.CancellationToken).ConfigureAwait(false);
            }

            return CodeAction.Create("Name every missing type in a JsonSerializerContext", _ => Task.FromResult(solution), fixAllContext.CodeActionEquivalenceKey);
        }
    }
}
