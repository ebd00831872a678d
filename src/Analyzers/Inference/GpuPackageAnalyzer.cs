using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.Inference;

/// <summary>
/// PORT602: a project with functions that references packages for a GPU. Most of them have nothing but native libraries, so the build says which they are;
/// of those with an assembly, the compiler's references do.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GpuPackageAnalyzer : PortableAnalyzer
{
    private static readonly string[] Assemblies = ["ILGPU", "ManagedCuda"];

    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.GpuPackage,
        "No function has a GPU",
        "The project references {0}: no function has a GPU, and native libraries for one are far larger than a package may be; reference what runs without, or put the model on an endpoint and call that with [Inference]",
        Categories.Inference,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.GpuPackage));

    /// <summary>Creates the analyzer.</summary>
    public GpuPackageAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var packages = Packages(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions, context.Compilation);
        if (packages.Count == 0)
        {
            return;
        }

        // References have no place in the code; the first function is what they do not fit.
        OnMethodsWith(context, types.Function, (symbol, method, _) =>
        {
            var functions = ProjectIndex.Of(symbol.Compilation, types, symbol.CancellationToken).Functions;
            if (functions.Length > 0 && SymbolEqualityComparer.Default.Equals(functions[0].Method, method))
            {
                symbol.ReportDiagnostic(Diagnostic.Create(Rule, method.Locations[0], string.Join(", ", packages)));
            }
        });
    }

    private static List<string> Packages(AnalyzerConfigOptions options, Compilation compilation)
    {
        var packages = new List<string>();
        if (options.TryGetValue("build_property.PortableGpuPackages", out var text))
        {
            foreach (var package in text.Split([','], StringSplitOptions.RemoveEmptyEntries))
            {
                packages.Add(package.Trim());
            }
        }

        foreach (var reference in compilation.ReferencedAssemblyNames)
        {
            if (Array.IndexOf(Assemblies, reference.Name) >= 0 && !packages.Exists(package => package.StartsWith(reference.Name, StringComparison.OrdinalIgnoreCase)))
            {
                packages.Add(reference.Name);
            }
        }

        packages.RemoveAll(static package => package.Length == 0);
        return packages;
    }
}
