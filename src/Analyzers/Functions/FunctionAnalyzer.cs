using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.Functions;

/// <summary>PORT001 to PORT014 and PORT017, as far as one function by itself shows it: what the parser finds in it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FunctionAnalyzer : PortableAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public FunctionAnalyzer()
        : base(
            FunctionRules.ExactlyOneTrigger,
            FunctionRules.FunctionName,
            FunctionRules.ParameterCannotBeBound,
            FunctionRules.MalformedRoute,
            FunctionRules.RouteParameterMissing,
            FunctionRules.SeveralPayloads,
            FunctionRules.ReturnType,
            FunctionRules.HandlerNotCallable,
            FunctionRules.MalformedCron,
            FunctionRules.HandlerConstructor,
            FunctionRules.IdempotencyTemplate,
            FunctionRules.IdempotencySource,
            FunctionRules.AttributeValue,
            DeliveryRules.EventType,
            DeliveryRules.MisplacedPolicy)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        OnMethodsWith(context, types.Function, (symbol, method, _) =>
            Report(HandlerCode.Of(symbol.Compilation, types).FunctionOf(method, symbol.CancellationToken).Findings, symbol.ReportDiagnostic));

        foreach (var trigger in types.Triggers)
        {
            OnMethodsWith(context, trigger, (symbol, method, _) =>
            {
                if (KnownTypes.Find(method, types.Function) is null)
                {
                    symbol.ReportDiagnostic(Diagnostic.Create(
                        FunctionRules.ExactlyOneTrigger, method.Locations[0], method.Name, "is none yet, it has a trigger and no [Function]: add the attribute"));
                }
            });
        }
    }
}
