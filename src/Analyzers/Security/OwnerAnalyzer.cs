using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.Security;

/// <summary>PORT807: a function that nobody answers for, in a project that asks for owners (MSBuild property <c>PortableRequireOwner</c>).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OwnerAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.NoOwner,
        "A function has an owner and an alert, where the project asks for them",
        "Function '{0}' {1}: when it fails, nobody is told; write [Owner(\"{2}\", Alert = \"...\")] on the method, its class or the assembly",
        Categories.Security,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.NoOwner));

    /// <summary>Creates the analyzer.</summary>
    public OwnerAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        if (!context.Options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.PortableRequireOwner", out var value) || !value.Trim().Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        OnMethodsWith(context, types.Function, static (symbol, method, _) =>
        {
            var owner = OwnerParser.Parse(method);
            if (owner?.Alert is null)
            {
                symbol.ReportDiagnostic(Diagnostic.Create(Rule, method.Locations[0], method.Name, owner is null ? "has no owner" : $"has the owner '{owner.Name}' and no alert", owner?.Name ?? "team"));
            }
        });
    }
}
