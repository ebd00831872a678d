using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.Functions;

/// <summary>PORT801 to PORT803: who may call a function.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AuthorizationAnalyzer : PortableAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public AuthorizationAnalyzer()
        : base(SecurityRules.NoAuthorization, SecurityRules.AuthorizationPackage, SecurityRules.AuthorizationPolicy)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types) =>
        OnMethodsWith(context, types.Function, (symbol, method, _) =>
        {
            var findings = ImmutableArray.CreateBuilder<Finding>();
            var isHttp = PortableTypes.Attribute(method, "HttpTriggerAttribute") is not null;
            AuthorizationParser.Check(method, isHttp, symbol.Compilation, findings, symbol.CancellationToken);
            Report(findings.ToImmutable(), symbol.ReportDiagnostic);
        });
}
