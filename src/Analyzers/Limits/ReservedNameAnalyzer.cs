using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;
using Portable.Generator.Workflows.Reading;

namespace Portable.Analyzers.Limits;

/// <summary>PORT405: a name of the right length and letters that a targeted cloud keeps for itself. What no cloud takes is an error of PORT013, PORT024 and PORT027.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReservedNameAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.ReservedName,
        "A name is one that every targeted cloud lets others use",
        "'{0}' {1}",
        Categories.Limits,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.ReservedName));

    /// <summary>The attributes that name something, and what: on functions, and on parameters.</summary>
    private static readonly (string Attribute, string Kind)[] Names =
    [
        ("QueueTriggerAttribute", "queue"),
        ("DeadLetterAttribute", "queue"),
        ("QueueAttribute", "queue"),
        ("StreamTriggerAttribute", "stream"),
        ("StorageTriggerAttribute", "bucket"),
        ("BucketAttribute", "bucket"),
    ];

    /// <summary>What clouds keep for themselves: the cloud, what kind of name (empty for all), whether a name is one, and the clause.</summary>
    private static readonly (string Cloud, string Kind, Func<string, bool> Is, string Clause)[] Reserved =
    [
        ("gcp", "bucket", static name => name.StartsWith("goog", StringComparison.Ordinal) || name.Contains("google"), "gcp makes no bucket whose name begins with 'goog' or contains 'google' (Cloud Storage: bucket name requirements)"),
        ("gcp", "", static name => name.StartsWith("goog", StringComparison.Ordinal), "gcp makes no topic whose name begins with 'goog' (Pub/Sub: guidelines to name a topic)"),
        ("aws", "bucket", static name => name.StartsWith("sthree-", StringComparison.Ordinal) || name.StartsWith("amzn-s3-demo-", StringComparison.Ordinal) || name.EndsWith("-s3alias", StringComparison.Ordinal),
            "aws makes no bucket whose name begins with 'sthree-' or 'amzn-s3-demo-' or ends with '-s3alias' (Amazon S3 User Guide: bucket naming rules)"),
    ];

    /// <summary>Creates the analyzer.</summary>
    public ReservedNameAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var targeted = TargetedClouds.Read(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions);
        var code = HandlerCode.Of(context.Compilation, types);
        context.RegisterSymbolAction(
            symbol =>
            {
                if (code.ClassOf((INamedTypeSymbol)symbol.Symbol, symbol.CancellationToken) is not { } handlers)
                {
                    return;
                }

                foreach (var member in handlers.Type.GetMembers())
                {
                    if (member is IMethodSymbol method)
                    {
                        if (handlers.KindOf(method) == HandlerKind.Function)
                        {
                            Check(symbol, method, targeted);
                        }

                        foreach (var parameter in method.Parameters)
                        {
                            Check(symbol, parameter, targeted);
                        }
                    }
                }
            },
            SymbolKind.NamedType);
    }

    private static void Check(SymbolAnalysisContext symbol, ISymbol named, TargetedClouds targeted)
    {
        foreach (var (attribute, kind) in Names)
        {
            if (PortableTypes.Attribute(named, attribute) is not { } data || Readings.FirstText(data) is not { } name)
            {
                continue;
            }

            foreach (var (cloud, of, isReserved, clause) in Reserved)
            {
                if (targeted.Contains(cloud) && (of.Length == 0 || of == kind) && isReserved(name))
                {
                    symbol.ReportDiagnostic(Diagnostic.Create(
                        Rule, Readings.LocationOf(data, named, symbol.CancellationToken), named.Name, $"names the {kind} '{name}', and {clause}: use another name, or take {cloud} out of PortableClouds"));
                    break;
                }
            }
        }
    }
}
