using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Generator.Discovery;
using Portable.Generator.Workflows.Reading;

namespace Portable.Analyzers.Limits;

/// <summary>PORT408: two functions for the same requests, which is an error; and a route that a targeted cloud keeps for itself, which is a warning.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RouteAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.Routes,
        "A request is for one function, on every targeted cloud",
        "Function '{0}' {1}",
        Categories.Limits,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.Routes));

    /// <summary>The routes that somebody else answers: the cloud (empty for our own hosts), whether a route is one of them, and the clause.</summary>
    private static readonly (string Cloud, Func<RouteTable.Route, bool> Is, string Clause)[] Reserved =
    [
        ("azure", static route => route.First.StartsWith("admin", StringComparison.Ordinal) || route.First.StartsWith("runtime", StringComparison.Ordinal),
            "azure keeps routes that begin with 'admin' or 'runtime' for its host, which refuses to load the function (Azure Functions host: built-in routes)"),
        ("aws", static route => route.IsTop && route.First is "ping" or "sping",
            "aws answers /ping and /sping of a custom domain itself (Amazon API Gateway: important notes, reserved paths)"),
        ("gcp", static route => (route.IsTop && route.First is "eventlog" or "healthz") || route.First == "_ah",
            "gcp answers /eventlog, /healthz and what is below /_ah/ itself (Cloud Run: known issues, reserved URL paths)"),
        ("", static route => route.First == "_portable",
            "what is below /_portable/ our own hosts answer: health, dashboard, steps"),
    ];

    /// <summary>Creates the analyzer.</summary>
    public RouteAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var targeted = TargetedClouds.Read(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions);
        OnMethodsWith(context, types.Function, (symbol, method, _) =>
        {
            var table = RouteTable.Of(symbol.Compilation, types, symbol.CancellationToken);
            if (table.Of(method) is not { } route)
            {
                return;
            }

            if (table.Before(route) is { } other)
            {
                Report(symbol, method, DiagnosticSeverity.Error, Collision(route, other));
                return;
            }

            foreach (var (cloud, isReserved, clause) in Reserved)
            {
                if ((cloud.Length == 0 || targeted.Contains(cloud)) && isReserved(route))
                {
                    Report(symbol, method, DiagnosticSeverity.Warning, $"has the route '{route.Template}', and {clause}: use another one{(cloud.Length == 0 ? "" : $", or take {cloud} out of PortableClouds")}");
                    return;
                }
            }
        });
    }

    private static string Collision(RouteTable.Route route, RouteTable.Route other)
    {
        var why = string.Equals(Literals(route.Template), Literals(other.Template), StringComparison.Ordinal)
            ? "only one of them can get the request"
            : "all but API Gateway compare routes ignoring case, so that only one of them can get the request";
        return $"is for {Request(route)}, and {other.Function.Display} for {Request(other)}: {why}; change one route, or make it one function";
    }

    private static string Request(RouteTable.Route route) => $"{(route.Verb == "*" ? "any" : route.Verb)} {route.Template}";

    // Without the names of parameters.
    private static string Literals(string template) =>
        string.Join("/", template.Split(['/'], StringSplitOptions.RemoveEmptyEntries).Select(static part => part[0] == '{' ? "{}" : part));

    private static void Report(SymbolAnalysisContext symbol, IMethodSymbol method, DiagnosticSeverity severity, string clause) => symbol.ReportDiagnostic(Diagnostic.Create(
        Rule, LocationOf(method, symbol.CancellationToken), severity, additionalLocations: null, properties: null, method.Name, clause));

    // The route where it is written.
    private static Location LocationOf(IMethodSymbol method, CancellationToken cancellationToken)
    {
        var attribute = PortableTypes.Attribute(method, "HttpTriggerAttribute");
        return attribute?.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is AttributeSyntax { ArgumentList.Arguments: [_, { } template, ..] }
            ? template.GetLocation()
            : Readings.LocationOf(method);
    }
}
