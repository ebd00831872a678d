using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Reading;

namespace Portable.Analyzers.Functions;

/// <summary>
/// PORT907: a managed build for Azure references the extension package of each trigger that it uses. Portable.Azure does not bring along those with large
/// dependencies, which every application would carry and load otherwise.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AzureExtensionAnalyzer : PortableAnalyzer
{
    private const string Worker = "Microsoft.Azure.Functions.Worker.";

    // The versions that emitted code was checked against: tests/VendorContracts/README.md.
    private static readonly (Func<TriggerModel, bool> Uses, string Source, string Attribute, string Package, string Version)[] Extensions =
    [
        (static trigger => trigger is StreamTriggerModel or DeviceTriggerModel, "Event Hubs", Worker + "EventHubTriggerAttribute", Worker + "Extensions.EventHubs", "6.5.1"),
        (static trigger => trigger is StorageTriggerModel or EventTriggerModel, "Event Grid", Worker + "EventGridTriggerAttribute", Worker + "Extensions.EventGrid", "3.6.0"),
        (static trigger => trigger is TableTriggerModel, "the change feed of Cosmos DB", Worker + "CosmosDBTriggerAttribute", Worker + "Extensions.CosmosDB", "4.16.1"),
    ];

    /// <summary>Creates the analyzer.</summary>
    public AzureExtensionAnalyzer()
        : base(AzureRules.MissingExtension)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var options = context.Options.AnalyzerConfigOptionsProvider.GlobalOptions;
        if (!Is(options, "PortableCloud", "azure") || Is(options, "PortableHosting", "native") || context.Compilation.GetTypeByMetadataName("Portable.Azure.AzureFunction") is null)
        {
            return; // another cloud, a custom handler, or a library that an application refers to
        }

        OnMethodsWith(context, types.Function, (symbol, method, _) =>
        {
            if (HandlerCode.Of(symbol.Compilation, types).FunctionOf(method, symbol.CancellationToken).Model is not { } model)
            {
                return;
            }

            foreach (var (uses, source, attribute, package, version) in Extensions)
            {
                if (uses(model.Trigger) && symbol.Compilation.GetTypeByMetadataName(attribute) is null)
                {
                    symbol.ReportDiagnostic(Diagnostic.Create(
                        AzureRules.MissingExtension,
                        Readings.LocationOf(method),
                        method.Name,
                        $"is started by {source}, whose package is not referenced: add <PackageReference Include=\"{package}\" Version=\"{version}\" Condition=\"'$(PortableCloud)' == 'azure' and '$(PortableHosting)' != 'native'\" />"));
                }
            }
        });
    }

    private static bool Is(AnalyzerConfigOptions options, string property, string value) =>
        options.TryGetValue("build_property." + property, out var text) && text.Trim().Equals(value, StringComparison.OrdinalIgnoreCase);
}
