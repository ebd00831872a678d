using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portable.Analyzers.Retries;
using Portable.Generator.Discovery;
using Portable.Generator.Model;

namespace Portable.CodeFixes;

/// <summary>PORT202 and PORT203: takes the payload's own identifier as the key, where it has one that is obvious.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseObviousKeyFix)), Shared]
public sealed class UseObviousKeyFix : PortableFix
{
    /// <summary>Creates the fix.</summary>
    public UseObviousKeyFix()
        : base(RuleIdentifiers.NullableKey, RuleIdentifiers.CoarseKey)
    {
    }

    private protected override async Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (model is null
            || node.FirstAncestorOrSelf<AttributeSyntax>() is not { ArgumentList.Arguments: [{ NameEquals: null } argument, ..] } attribute
            || attribute.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method
            || model.GetDeclaredSymbol(method, context.CancellationToken) is not { } symbol
            || PayloadOf(symbol, model.Compilation, context.CancellationToken) is not { } payload
            || PayloadKeys.ObviousOf(payload, model.Compilation) is not { } member
            || model.GetConstantValue(argument.Expression, context.CancellationToken).Value is string key && key.Trim('{', '}') == member
            || !Identifies(payload, member))
        {
            return;
        }

        var name = SyntaxFactory.ParseExpression($"nameof({payload.ToMinimalDisplayString(model, method.SpanStart)}.{member})");
        OfferRoot(context, diagnostic, $"Use '{member}' as the key", () => root.ReplaceNode(argument.Expression, name.WithTriviaFrom(argument.Expression)));
    }

    private static ITypeSymbol? PayloadOf(IMethodSymbol method, Compilation compilation, CancellationToken cancellationToken) =>
        PortableTypes.Attribute(method, "StepAttribute") is not null ? IdempotencyKeys.StepPayloadOf(method)
        : FunctionParser.Parse(method, compilation, cancellationToken).Model is { Trigger: HttpTriggerModel or MessageTriggerModel { Shape.Body: not null } } ? FunctionParser.PayloadOf(method, cancellationToken)
        : null;

    // It may be the one that the rule has spoken of.
    private static bool Identifies(ITypeSymbol payload, string name)
    {
        for (var level = payload; level is not null; level = level.BaseType)
        {
            foreach (var member in level.GetMembers(name))
            {
                if (member is IPropertySymbol property)
                {
                    var key = new KeyMember(name, System.Collections.Immutable.ImmutableArray.Create<ISymbol>(property), property.Type);
                    return key.MayBeNull is null && !key.IsMadeUp && !key.IsConstant;
                }
            }
        }

        return false;
    }
}
