using System.Composition;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portable.Generator.Discovery;
using Portable.Generator.Model;

namespace Portable.CodeFixes;

/// <summary>PORT208 and PORT019: names a queue for dead letters after what the function reads.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddDeadLetterFix)), Shared]
public sealed class AddDeadLetterFix : PortableFix
{
    private const string Suffix = "-dead";
    private const int LongestName = 63;

    /// <summary>Creates the fix.</summary>
    public AddDeadLetterFix()
        : base(RuleIdentifiers.NoDeadLetter, RuleIdentifiers.LostAfterRetries)
    {
    }

    private protected override async Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (model is not null
            && node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method
            && model.GetDeclaredSymbol(method, context.CancellationToken) is { } symbol
            && FunctionParser.Parse(symbol, model.Compilation, context.CancellationToken).Model is { Trigger: MessageTriggerModel trigger } function
            && NameOf(SourceOf(trigger) ?? function.Name) is { } name
            && AttributeEdit.Append(root, method, AttributeEdit.Attribute("DeadLetter", $"(\"{name}\")")) is { } changed)
        {
            OfferRoot(context, diagnostic, $"Send what fails to \"{name}\"", () => changed);
        }
    }

    private static string? SourceOf(MessageTriggerModel trigger) => trigger switch
    {
        QueueTriggerModel queue => queue.Queue,
        StreamTriggerModel stream => stream.Stream,
        StorageTriggerModel storage => storage.Bucket,
        TableTriggerModel table => table.Table,
        _ => null, // what events and devices are called by is long and dotted; the function's name says it shorter
    };

    private static string? NameOf(string source)
    {
        var name = new StringBuilder(source.Length);
        foreach (var c in source)
        {
            if (c is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
            {
                name.Append(c);
            }
            else if (c is >= 'A' and <= 'Z')
            {
                if (name.Length > 0 && char.IsLower(name[name.Length - 1]))
                {
                    name.Append('-');
                }

                name.Append(char.ToLowerInvariant(c));
            }
            else if (name.Length > 0 && name[name.Length - 1] != '-')
            {
                name.Append('-');
            }
        }

        if (name.Length > LongestName - Suffix.Length)
        {
            name.Length = LongestName - Suffix.Length;
        }

        var valid = name.ToString().Trim('-') + Suffix;
        return TriggerParser.IsQueueName(valid) ? valid : null;
    }
}
