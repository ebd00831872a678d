using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using Portable.Generator.Discovery;

namespace Portable.CodeFixes;

/// <summary>PORT103: puts a relative path that stands in the call under the scratch folder.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ScratchPathFix)), Shared]
public sealed class ScratchPathFix : PortableFix
{
    /// <summary>Creates the fix.</summary>
    public ScratchPathFix()
        : base(RuleIdentifiers.LocalFile)
    {
    }

    private protected override Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        var path = node is ArgumentSyntax argument ? argument.Expression : node as ExpressionSyntax;
        if (path is not null && (IsRelative(path) || (path is InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax head }, ..] } combine && IsCombine(combine) && IsRelative(head))))
        {
            OfferRoot(context, diagnostic, "Write it to the scratch folder", () => root.ReplaceNode(path, UnderScratch(path)));
        }

        return Task.CompletedTask;
    }

    private static ExpressionSyntax UnderScratch(ExpressionSyntax path)
    {
        var scratch = SyntaxFactory.Argument(SyntaxFactory.InvocationExpression(Path("GetTempPath")));
        var space = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        if (path is InvocationExpressionSyntax combine)
        {
            var arguments = combine.ArgumentList.Arguments;
            return combine.WithArgumentList(combine.ArgumentList.WithArguments(SyntaxFactory.SeparatedList([scratch, .. arguments], [space, .. arguments.GetSeparators()])));
        }

        return SyntaxFactory.InvocationExpression(
            Path("Combine"),
            SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList([scratch, SyntaxFactory.Argument(path.WithoutTrivia())], [space]))).WithTriviaFrom(path);
    }

    private static ExpressionSyntax Path(string method) => SyntaxFactory.MemberAccessExpression(
        SyntaxKind.SimpleMemberAccessExpression,
        SyntaxFactory.ParseExpression("global::System.IO.Path").WithAdditionalAnnotations(Simplifier.Annotation),
        SyntaxFactory.IdentifierName(method));

    private static bool IsCombine(InvocationExpressionSyntax call) => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Combine" };

    private static bool IsRelative(ExpressionSyntax path)
    {
        var text = path switch
        {
            LiteralExpressionSyntax literal => literal.Token.ValueText,
            InterpolatedStringExpressionSyntax { Contents: [InterpolatedStringTextSyntax start, ..] } => start.TextToken.ValueText,
            _ => "",
        };
        return text.Length > 0 && text[0] is not ('/' or '\\' or '.') && !(text.Length > 1 && text[1] == ':');
    }
}
