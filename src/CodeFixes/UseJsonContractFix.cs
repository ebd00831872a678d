using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Simplification;
using Portable.Analyzers.Json;
using Portable.Analyzers.Size;
using Portable.Generator.Discovery;

namespace Portable.CodeFixes;

/// <summary>PORT309: gives a call the contract that a context of the project has for its type.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseJsonContractFix)), Shared]
public sealed class UseJsonContractFix : PortableFix
{
    /// <summary>Creates the fix.</summary>
    public UseJsonContractFix()
        : base(RuleIdentifiers.ReflectedJson)
    {
    }

    /// <summary>Calls may stand inside of each other: they are changed together.</summary>
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(static async (context, document, diagnostics) =>
    {
        var root = (await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        var edits = new Dictionary<SyntaxNode, Edit>();
        foreach (var diagnostic in diagnostics)
        {
            var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (await EditOf(document, node, context.CancellationToken).ConfigureAwait(false) is { } edit)
            {
                edits[node] = edit;
            }
        }

        return document.WithSyntaxRoot(root.ReplaceNodes(edits.Keys, (original, changed) => edits[original].Apply((InvocationExpressionSyntax)changed)));
    });

    private protected override async Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        if (await EditOf(context.Document, node, context.CancellationToken).ConfigureAwait(false) is { } edit)
        {
            OfferRoot(context, diagnostic, $"Use {edit.Title}", () => root.ReplaceNode(node, edit.Apply((InvocationExpressionSyntax)node)));
        }
    }

    private static async Task<Edit?> EditOf(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model?.GetOperation(node, cancellationToken) is not IInvocationOperation call || JsonCalls.TypeOf(call) is not { } type || PlaceOf(call, (InvocationExpressionSyntax)node) is not { } place)
        {
            return null;
        }

        foreach (var context in await JsonContextEdit.FindContexts(document.Project, cancellationToken).ConfigureAwait(false))
        {
            if (JsonContracts.PropertyOf(context, type, cancellationToken) is { } property && model.IsAccessible(node.SpanStart, context))
            {
                return new Edit(
                    $"{context.Name}.Default.{property}",
                    $"{context.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}.Default.{property}",
                    place.Index,
                    place.Replaces);
            }
        }

        return null;
    }

    // Where the contract goes: in place of the options, which is null, or after what the call reads or writes.
    private static (int Index, bool Replaces)? PlaceOf(IInvocationOperation call, InvocationExpressionSyntax syntax)
    {
        var arguments = syntax.ArgumentList.Arguments;
        if (JsonCalls.Options(call) is { } options)
        {
            var index = arguments.IndexOf(a => a.Span.Contains(options.Syntax.Span));
            return JsonCalls.IsNull(options.Value) && index >= 0 && arguments.Take(index).All(static a => a.NameColon is null) ? (index, true) : null;
        }

        var at = 0;
        foreach (var argument in arguments)
        {
            // Of a value with ! the operation's syntax is the value's own.
            var parameter = call.Arguments.FirstOrDefault(a => a.ArgumentKind == ArgumentKind.Explicit && argument.Span.Contains(a.Syntax.Span))?.Parameter;
            if (parameter is null or { Type.Name: "Type" or "MediaTypeHeaderValue" })
            {
                return null;
            }

            if (parameter.Type.Name == "CancellationToken")
            {
                break;
            }

            if (argument.NameColon is not null)
            {
                return null;
            }

            at++;
        }

        return (at, false);
    }

    private sealed record Edit(string Title, string Contract, int Index, bool Replaces)
    {
        public InvocationExpressionSyntax Apply(InvocationExpressionSyntax call)
        {
            var contract = SyntaxFactory.ParseExpression(Contract).WithAdditionalAnnotations(Simplifier.Annotation);
            var arguments = call.ArgumentList.Arguments;
            if (Replaces)
            {
                arguments = arguments.Replace(arguments[Index], SyntaxFactory.Argument(contract).WithTriviaFrom(arguments[Index]));
            }
            else
            {
                var separators = arguments.GetSeparators().ToList();
                if (arguments.Count > 0)
                {
                    separators.Insert(Math.Max(Index - 1, 0), SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space));
                }

                arguments = SyntaxFactory.SeparatedList([.. arguments.Take(Index), SyntaxFactory.Argument(contract), .. arguments.Skip(Index)], separators);
            }

            return call.WithExpression(WithoutTypes(call.Expression)).WithArgumentList(call.ArgumentList.WithArguments(arguments));
        }

        // The contract says the type.
        private static ExpressionSyntax WithoutTypes(ExpressionSyntax called) => called switch
        {
            MemberAccessExpressionSyntax { Name: GenericNameSyntax name } access => access.WithName(SyntaxFactory.IdentifierName(name.Identifier).WithTriviaFrom(name)),
            MemberBindingExpressionSyntax { Name: GenericNameSyntax name } binding => binding.WithName(SyntaxFactory.IdentifierName(name.Identifier).WithTriviaFrom(name)),
            GenericNameSyntax name => SyntaxFactory.IdentifierName(name.Identifier).WithTriviaFrom(name),
            _ => called,
        };
    }
}
