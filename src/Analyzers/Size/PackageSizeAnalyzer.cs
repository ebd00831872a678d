using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Generator.Discovery;
using Portable.Generator.Limits;

namespace Portable.Analyzers.Size;

/// <summary>
/// PORT303, PORT304 and PORT306: what the build has measured of the package. It reads the report and no files; their places are lines of the project file,
/// for which compilers know no <c>.editorconfig</c>, so that the severities of the project's source hold for them.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PackageSizeAnalyzer : PortableAnalyzer
{
    private const int DefaultBudget = 50;
    private const int DefaultLargeContent = 10;
    private const int Heaviest = 3;
    private const long Megabyte = 1024 * 1024;

    private static readonly DiagnosticDescriptor OverBudget = new(
        RuleIdentifiers.PackageOverBudget,
        "The dependencies of an application fit its budget",
        "The dependencies of '{0}' weigh {1} MB unzipped, over the budget of {2} MB, and every new instance fetches and loads from them: heaviest are {3}; leave out what is not needed, or raise PortablePackageBudgetMegabytes",
        Categories.Size,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.PackageOverBudget));

    private static readonly DiagnosticDescriptor OverLimit = new(
        RuleIdentifiers.PackageOverLimit,
        "A package fits the cloud",
        "The package of '{0}' weighs {1} MB unzipped, but {2} {3} ({4}): heaviest are {5}; leave out what is not needed, or deploy a container image",
        Categories.Size,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.PackageOverLimit));

    private static readonly DiagnosticDescriptor LargeContent = new(
        RuleIdentifiers.LargeContent,
        "Models and large files are kept out of the package",
        "'{0}' puts {1} MB into the package, which every new instance fetches before it answers: {2}",
        Categories.Size,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.LargeContent));

    // Formats of trained models. Some endings mean other things too, so that small files are taken for those.
    private static readonly string[] Models = [".onnx", ".gguf", ".ggml", ".safetensors", ".pt", ".pth", ".h5", ".keras", ".tflite", ".mlmodel", ".ckpt"];

    /// <summary>Creates the analyzer.</summary>
    public PackageSizeAnalyzer()
        : base(OverBudget, OverLimit, LargeContent)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types) => context.RegisterAdditionalFileAction(static file =>
    {
        if (file.AdditionalFile.Path.EndsWith(PackageSizes.FileName, StringComparison.Ordinal)
            && file.AdditionalFile.GetText(file.CancellationToken) is { } text
            && PackageSizes.Parse(text) is { } sizes)
        {
            Judge(file, sizes);
        }
    });

    private static void Judge(AdditionalFileAnalysisContext context, PackageSizes sizes)
    {
        var options = context.Options.AnalyzerConfigOptionsProvider.GlobalOptions;
        var name = context.Compilation.AssemblyName ?? "";
        var dependencies = sizes.Dependencies.Sum(static part => part.Bytes);
        var all = sizes.Dependencies.Concat(sizes.Content).OrderByDescending(static part => part.Bytes).ToArray();
        var total = all.Sum(static part => part.Bytes);
        IReadOnlyList<PackageSizes.Part> spoken = [];
        if (Exceeded(options, total) is { } limit)
        {
            spoken = [.. all.Take(Heaviest)];
            Report(context, OverLimit, spoken[0], name, PackageSizes.Megabytes(total), CloudName(limit.Cloud), limit.What, limit.Source, Described(spoken));
        }
        else if (dependencies > Number(options, "PortablePackageBudgetMegabytes", DefaultBudget) * Megabyte)
        {
            var heaviest = sizes.Dependencies.Take(Heaviest).ToArray();
            Report(context, OverBudget, heaviest[0], name, PackageSizes.Megabytes(dependencies), Number(options, "PortablePackageBudgetMegabytes", DefaultBudget), Described(heaviest));
        }

        var large = Number(options, "PortableLargeContentMegabytes", DefaultLargeContent) * Megabyte;
        foreach (var file in sizes.Content)
        {
            var isModel = IsModel(file.Name);
            if (file.Bytes >= Math.Min(large, isModel ? Megabyte : large) && !spoken.Contains(file))
            {
                Report(context, LargeContent, file, file.Name, PackageSizes.Megabytes(file.Bytes), isModel ? "serve the model from an endpoint and call it with [Inference]" : "keep it in a bucket, and read what is needed of it when it is needed");
            }
        }
    }

    private static Limit? Exceeded(AnalyzerConfigOptions options, long total)
    {
        var built = options.TryGetValue("build_property.PortableCloud", out var cloud) ? cloud.Trim().ToLowerInvariant() : "";
        var targeted = TargetedClouds.Read(options);
        foreach (var limit in CloudLimits.All)
        {
            if (limit.Kind == LimitKind.Package && total > limit.Value && (built is "" or "local" ? targeted.Contains(limit.Cloud) : built == limit.Cloud))
            {
                return limit;
            }
        }

        return null;
    }

    private static string CloudName(string cloud) => cloud switch
    {
        "aws" => "AWS",
        "gcp" => "Google Cloud",
        "azure" => "Azure",
        _ => cloud,
    };

    private static string Described(IReadOnlyList<PackageSizes.Part> parts) => string.Join(", ", parts.Select(static part => part.Described));

    private static bool IsModel(string file)
    {
        foreach (var ending in Models)
        {
            if (file.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static int Number(AnalyzerConfigOptions options, string property, int otherwise) =>
        options.TryGetValue("build_property." + property, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : otherwise;

    private static void Report(AdditionalFileAnalysisContext context, DiagnosticDescriptor rule, PackageSizes.Part at, params object[] arguments)
    {
        if (ProjectSeverity.Of(rule, context.Compilation, context.CancellationToken) is { } severity)
        {
            context.ReportDiagnostic(Diagnostic.Create(rule, at.Location, severity, additionalLocations: null, properties: null, arguments));
        }
    }
}
