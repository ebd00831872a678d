using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Generator.Discovery;
using Portable.Generator.Model;

namespace Portable.Analyzers.Size;

/// <summary>PORT305: packages that make code at run time, which a native program cannot run.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnfitPackageAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.UnfitPackage,
        "Packages of a native application need no runtime compiler",
        "'{0}'{1} {2}, and '{3}' is compiled ahead of time: {4}",
        Categories.Size,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.UnfitPackage));

    // The assembly, why it does not work, what does, and an assembly that makes it work where there is one.
    private static readonly (string Assembly, string Why, string Instead, string? Unless)[] Unfit =
    [
        ("Castle.Core", "makes proxies with Reflection.Emit", "write the decorator, or have a source generator write it", null),
        ("AutoMapper", "builds its mappings by reflection and compiled expressions", "use a mapper that is a source generator, such as Mapperly", null),
        ("Dapper", "reads rows with code that it makes with Reflection.Emit", "add Dapper.AOT", "Dapper.AOT"),
        ("NHibernate", "makes proxies with Reflection.Emit", "use ADO.NET, or Dapper with Dapper.AOT", null),
        ("Microsoft.EntityFrameworkCore", "builds queries and models at run time", "use ADO.NET, or Dapper with Dapper.AOT", null),
        ("Microsoft.CodeAnalysis.Scripting", "compiles and loads code", "run scripts in an always-on worker", null),
        ("RazorLight", "compiles templates", "use templates that are compiled with the project", null),
        ("RazorEngineCore", "compiles templates", "use templates that are compiled with the project", null),
        ("IronPython", "compiles scripts", "run scripts in an always-on worker", null),
    ];

    /// <summary>Creates the analyzer.</summary>
    public UnfitPackageAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var options = OptionsReader.Read(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions, context.Compilation, context.CancellationToken);
        var isCompiled = options.Hosting == Hosting.Native
            || (context.Options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.PublishAot", out var aot) && aot.Trim().Equals("true", StringComparison.OrdinalIgnoreCase));
        if (!isCompiled)
        {
            return;
        }

        // Only applications are measured: neither libraries nor tests, which are never compiled ahead of time.
        context.RegisterAdditionalFileAction(static file =>
        {
            if (file.AdditionalFile.Path.EndsWith(PackageSizes.FileName, StringComparison.Ordinal)
                && file.AdditionalFile.GetText(file.CancellationToken) is { } text
                && PackageSizes.Parse(text) is { } sizes)
            {
                Judge(file, sizes);
            }
        });
    }

    private static void Judge(AdditionalFileAnalysisContext context, PackageSizes sizes)
    {
        var referenced = new HashSet<string>(context.Compilation.ReferencedAssemblyNames.Select(static name => name.Name), StringComparer.OrdinalIgnoreCase);
        foreach (var (assembly, why, instead, unless) in Unfit)
        {
            if (!referenced.Contains(assembly) || (unless is not null && referenced.Contains(unless)) || ProjectSeverity.Of(Rule, context.Compilation, context.CancellationToken) is not { } severity)
            {
                continue;
            }

            // The measured package knows who brings it, and where the project says so.
            var part = sizes.Compiled.Concat(sizes.Dependencies).FirstOrDefault(part => part.Name.Equals(assembly, StringComparison.OrdinalIgnoreCase));
            var through = part is null || part.BroughtBy.Equals(assembly, StringComparison.OrdinalIgnoreCase) ? "" : $" (through {part.BroughtBy})";
            context.ReportDiagnostic(Diagnostic.Create(Rule, part?.Location ?? Location.None, severity, additionalLocations: null, properties: null, assembly, through, why, context.Compilation.AssemblyName, instead));
        }
    }
}
