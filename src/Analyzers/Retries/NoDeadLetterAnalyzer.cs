using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Analyzers.Functions;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;
using Portable.Generator.Model;

namespace Portable.Analyzers.Retries;

/// <summary>PORT208: messages that are tried again, and no place where those end up that fail to the last.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NoDeadLetterAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.NoDeadLetter,
        "A source that tries again has a dead letter",
        "'{0}' has no [DeadLetter]: {1} that can never be read, or still fails at attempt {2}, is dropped or kept where nobody looks; name a queue for what fails",
        Categories.Retries,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.NoDeadLetter));

    /// <summary>Creates the analyzer.</summary>
    public NoDeadLetterAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var clouds = TargetedClouds.Read(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions);
        OnMethodsWith(context, types.Function, (symbol, method, _) =>
        {
            if (HandlerCode.Of(symbol.Compilation, types).FunctionOf(method, symbol.CancellationToken).Model is { DeadLetter: null, Trigger: MessageTriggerModel trigger } function
                && !IsLostOnAzure(trigger, clouds))
            {
                symbol.ReportDiagnostic(Diagnostic.Create(Rule, CloudFitAnalyzer.Location(method, symbol.CancellationToken), method.Name, WordOf(trigger), function.Retry?.MaxAttempts ?? 1));
            }
        });
    }

    // There PORT019 says that it is lost for certain.
    private static bool IsLostOnAzure(MessageTriggerModel trigger, TargetedClouds clouds) =>
        trigger is StreamTriggerModel or TableTriggerModel or DeviceTriggerModel && clouds.Contains("azure");

    private static string WordOf(MessageTriggerModel trigger) => trigger switch
    {
        StreamTriggerModel => "a record",
        StorageTriggerModel or EventTriggerModel => "an event",
        TableTriggerModel => "a change",
        _ => "a message",
    };
}
