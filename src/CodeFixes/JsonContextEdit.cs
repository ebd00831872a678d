using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using Portable.Generator.Discovery;

namespace Portable.CodeFixes;

/// <summary>Adds types to a <c>JsonSerializerContext</c>, and writes a new one.</summary>
internal static class JsonContextEdit
{
    private const string ContextType = "System.Text.Json.Serialization.JsonSerializerContext";

    /// <summary>The contexts that the project declares in source of its own, by name.</summary>
    public static async Task<IReadOnlyList<INamedTypeSymbol>> FindContexts(Project project, CancellationToken cancellationToken)
    {
        var compilation = await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false);
        if (compilation?.GetTypeByMetadataName(ContextType) is not { } baseType)
        {
            return [];
        }

        var derived = await SymbolFinder.FindDerivedClassesAsync(
            baseType, project.Solution, transitive: false, projects: System.Collections.Immutable.ImmutableHashSet.Create(project), cancellationToken).ConfigureAwait(false);
        return
        [
            .. derived
                .Where(type => JsonContextParser.Parse(type, cancellationToken) is not null && Declaration(project, type) is not null)
                .OrderBy(type => type.ToDisplayString(), StringComparer.Ordinal),
        ];
    }

    /// <summary>Adds <c>[JsonSerializable]</c> attributes after those that are there.</summary>
    public static async Task<Solution> Add(Project project, INamedTypeSymbol context, IReadOnlyList<string> types, CancellationToken cancellationToken)
    {
        var reference = Declaration(project, context);
        var document = project.GetDocument(reference?.SyntaxTree);
        if (reference is null || document is null)
        {
            return project.Solution;
        }

        var root = await reference.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        var declaration = (ClassDeclarationSyntax)await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false);
        var lists = declaration.AttributeLists;
        var last = lists.LastIndexOf(list => list.Attributes.Any(a => a.Name.ToString().Contains("JsonSerializable")));
        var changed = declaration;
        if (lists.Count == 0)
        {
            var leading = declaration.GetLeadingTrivia();
            changed = changed.WithoutLeadingTrivia().AddAttributeLists([.. Attributes(types)]);
            changed = changed.WithLeadingTrivia(leading);
        }
        else
        {
            changed = changed.WithAttributeLists(lists.InsertRange(last < 0 ? lists.Count : last + 1, Attributes(types)));
        }

        return document.WithSyntaxRoot(root.ReplaceNode(declaration, changed)).Project.Solution;
    }

    /// <summary>Writes a context of its own file, in the project's root namespace.</summary>
    public static async Task<Solution> Create(Project project, IReadOnlyList<string> types, CancellationToken cancellationToken)
    {
        var compilation = await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false);
        var space = project.DefaultNamespace is { Length: > 0 } name ? name : null;
        var className = Unused("AppJson", compilation, space);
        var attributes = string.Join("\n", types.Select(type => $"[JsonSerializable(typeof({type}))]"));
        var text = $"""
            using System.Text.Json;
            using System.Text.Json.Serialization;

            {(space is null ? "" : $"namespace {space};\n\n")}[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
            {attributes}
            internal sealed partial class {className} : JsonSerializerContext;

            """.Replace("\r\n", "\n");
        var root = (await CSharpSyntaxTree.ParseText(text, (CSharpParseOptions?)project.ParseOptions, cancellationToken: cancellationToken)
            .GetRootAsync(cancellationToken).ConfigureAwait(false))
            .WithAdditionalAnnotations(Simplifier.Annotation);
        return project.AddDocument($"{className}.cs", root).Project.Solution;
    }

    // The declaration that already names types, or the first one that a person wrote.
    private static SyntaxReference? Declaration(Project project, INamedTypeSymbol context)
    {
        var references = context.DeclaringSyntaxReferences
            .Where(r => project.GetDocument(r.SyntaxTree) is not null and not SourceGeneratedDocument && r.GetSyntax() is ClassDeclarationSyntax)
            .ToArray();
        return references.FirstOrDefault(r => ((ClassDeclarationSyntax)r.GetSyntax()).AttributeLists.Count > 0) ?? references.FirstOrDefault();
    }

    private static IEnumerable<AttributeListSyntax> Attributes(IReadOnlyList<string> types) => types.Select(type =>
        SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(
            SyntaxFactory.Attribute(
                SyntaxFactory.ParseName("global::System.Text.Json.Serialization.JsonSerializable"),
                SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(
                    SyntaxFactory.AttributeArgument(SyntaxFactory.TypeOfExpression(SyntaxFactory.ParseTypeName(type))))))))
        .WithTrailingTrivia(SyntaxFactory.ElasticLineFeed)
        .WithAdditionalAnnotations(Simplifier.Annotation, Formatter.Annotation));

    private static string Unused(string name, Compilation? compilation, string? space)
    {
        var candidate = name;
        for (var i = 2; compilation?.GetTypeByMetadataName(space is null ? candidate : $"{space}.{candidate}") is not null; i++)
        {
            candidate = name + i;
        }

        return candidate;
    }
}
