using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;
using Portable.Generator.Limits;
using Portable.Generator.Model;

namespace Portable.Analyzers.Limits;

/// <summary>
/// PORT407: a function whose queues alone fill the environment that a targeted cloud gives it. What is counted is the least that their settings take: the names,
/// and addresses of the shortest region.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EnvironmentSizeAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.EnvironmentSize,
        "The settings of a function fit into its environment",
        "'{0}' sends to {1} queues, whose settings take at least {2} bytes, and {3} {4} ({5}): split it into functions that send to fewer, or publish events that the others subscribe to",
        Categories.Limits,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.EnvironmentSize));

    // docs/aws.md, outputs: PORTABLE_QUEUE_ORDERS is the URL of the queue. Buckets need no setting where their names are those in the code.
    private static readonly int QueueSetting = "PORTABLE_QUEUE_".Length + "https://sqs.us-east-1.amazonaws.com/123456789012/".Length;

    /// <summary>Creates the analyzer.</summary>
    public EnvironmentSizeAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var targeted = TargetedClouds.Read(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions);
        if (CloudLimits.Find("aws", LimitKind.Environment, "") is not { } limit || !targeted.Contains(limit.Cloud))
        {
            return;
        }

        var code = HandlerCode.Of(context.Compilation, types);
        OnMethodsWith(context, types.Function, (symbol, method, _) =>
        {
            if (code.FunctionOf(method, symbol.CancellationToken).Model is not { } model)
            {
                return;
            }

            var names = UsesModel.Of(model.Outputs).Queues;
            var queues = model.DeadLetter is { } dead && !names.Contains(dead) ? [.. names, dead] : names.ToList();
            var size = queues.Sum(static name => QueueSetting + (2 * name.Length));
            if (size > limit.Value)
            {
                symbol.ReportDiagnostic(Diagnostic.Create(
                    Rule,
                    method.Locations[0],
                    method.Name,
                    queues.Count,
                    size.ToString("N0", CultureInfo.InvariantCulture),
                    limit.Cloud,
                    limit.What,
                    limit.Source));
            }
        });
    }
}
