using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Portable.CodeFixes;

/// <summary>Adds an attribute of ours behind those that a method has.</summary>
internal static class AttributeEdit
{
    /// <summary>The attribute as it is written in code, with a name that is as short as its place allows.</summary>
    /// <param name="name">Its name: <c>Idempotent</c>.</param>
    /// <param name="arguments">Its arguments with their parentheses, or nothing.</param>
    public static AttributeSyntax Attribute(string name, string arguments) =>
        SyntaxFactory.Attribute(
            SyntaxFactory.ParseName("global::Portable." + name).WithAdditionalAnnotations(Simplifier.Annotation),
            arguments.Length == 0 ? null : SyntaxFactory.ParseAttributeArgumentList(arguments));

    /// <summary>The root with the attribute at the end of the method's last list; <see langword="null"/> when the method has none.</summary>
    public static SyntaxNode? Append(SyntaxNode root, MethodDeclarationSyntax method, AttributeSyntax attribute) =>
        method.AttributeLists.LastOrDefault(static list => list.Target is null) is not { Attributes.Count: > 0 } list
            ? null
            : root.ReplaceNode(list, list.WithAttributes(SyntaxFactory.SeparatedList(
                [.. list.Attributes, attribute],
                [.. list.Attributes.GetSeparators(), SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space)])));
}
