using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.Security;

/// <summary>PORT804: a secret that stands in the code.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SecretLiteralAnalyzer : PortableAnalyzer
{
    // The secret itself is never part of the message: build logs are kept, and read by many.
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.SecretLiteral,
        "The code has no secrets in it",
        "'{0}' has a literal that looks like {1}: whoever reads the code or the package has it too; revoke it, keep the new one in the cloud's secret store, and take it by [Secret]",
        Categories.Security,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.SecretLiteral));

    /// <summary>Creates the analyzer.</summary>
    public SecretLiteralAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types) => context.RegisterSyntaxNodeAction(
        Look,
        SyntaxKind.StringLiteralExpression,
        SyntaxKind.Utf8StringLiteralExpression,
        SyntaxKind.InterpolatedStringText);

    private static void Look(SyntaxNodeAnalysisContext context)
    {
        var text = context.Node switch
        {
            LiteralExpressionSyntax literal => literal.Token.ValueText,
            InterpolatedStringTextSyntax part => part.TextToken.ValueText,
            _ => "",
        };
        if (text.Length < SecretShapes.Shortest)
        {
            return;
        }

        var what = SecretShapes.Of(text) ?? (context.Node is LiteralExpressionSyntax && SecretShapes.IsIrregular(text) && SecretNames.NameAt(context.Node) is not null ? "a secret" : null);
        if (what is not null && !IsNamed(context.Node) && !IsTest(context.Node))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, context.Node.GetLocation(), HolderOf(context.Node), what));
        }
    }

    // [Secret] on what has a value in the code: PORT026 speaks of that.
    private static bool IsNamed(SyntaxNode node)
    {
        var holder = (SyntaxNode?)node.FirstAncestorOrSelf<ParameterSyntax>() ?? node.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        var lists = holder switch
        {
            ParameterSyntax parameter => parameter.AttributeLists,
            PropertyDeclarationSyntax property => property.AttributeLists,
            _ => default,
        };
        return Has(lists, static name => name is "Secret" or "SecretAttribute");
    }

    // Tests make up secrets all the time. Their classes are known by their attributes, whatever the framework.
    private static bool IsTest(SyntaxNode node)
    {
        for (var type = node.FirstAncestorOrSelf<TypeDeclarationSyntax>(); type is not null; type = type.Parent?.FirstAncestorOrSelf<TypeDeclarationSyntax>())
        {
            if (Has(type.AttributeLists, static name => name is "TestClass" or "TestFixture"))
            {
                return true;
            }

            foreach (var member in type.Members)
            {
                if (member is MethodDeclarationSyntax method && Has(method.AttributeLists, static name => name is "Fact" or "Theory" or "Test" or "TestCase" or "TestMethod" or "DataTestMethod"))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Has(SyntaxList<AttributeListSyntax> lists, Func<string, bool> isIt)
    {
        foreach (var list in lists)
        {
            foreach (var attribute in list.Attributes)
            {
                var name = attribute.Name is QualifiedNameSyntax qualified ? qualified.Right : attribute.Name;
                if (name is SimpleNameSyntax simple && isIt(simple.Identifier.ValueText))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static string HolderOf(SyntaxNode node)
    {
        foreach (var outer in node.Ancestors())
        {
            switch (outer)
            {
                case VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } field:
                    return field.Identifier.ValueText;
                case PropertyDeclarationSyntax property:
                    return property.Identifier.ValueText;
                case MethodDeclarationSyntax method:
                    return method.Identifier.ValueText;
                case BaseTypeDeclarationSyntax type:
                    return type.Identifier.ValueText;
                default:
                    break;
            }
        }

        return "The program";
    }
}
