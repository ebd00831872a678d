using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Generator.Discovery;
using Portable.Generator.Workflows.GoogleWorkflows;
using Portable.Generator.Workflows.Reading;

namespace Portable.Analyzers.Workflows;

/// <summary>
/// PORT701 to PORT724 and, for steps, PORT013: what the readers find in a class with workflows, steps or inferences. It works class by class, because
/// two workflows of a class find the same faults in the steps that they share.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WorkflowAnalyzer : PortableAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public WorkflowAnalyzer()
        : base(
            WorkflowRules.WorkflowSignature,
            WorkflowRules.StepSignature,
            WorkflowRules.UnsupportedStatement,
            WorkflowRules.UnsupportedExpression,
            WorkflowRules.ForeignAwait,
            WorkflowRules.NotAStep,
            WorkflowRules.InferenceSignature,
            WorkflowRules.WorkflowName,
            WorkflowRules.UnsupportedCatch,
            WorkflowRules.BranchAssignsOuter,
            WorkflowRules.FanOut,
            WorkflowRules.EventWait,
            WorkflowRules.ChildWorkflow,
            WorkflowRules.Compensation,
            WorkflowRules.ExpressWorkflow,
            WorkflowRules.SharedList,
            WorkflowRules.EventContract,
            WorkflowRules.ThrownFailure,
            WorkflowRules.IdempotencyKey,
            WorkflowRules.Duration,
            WorkflowRules.OwnFunction,
            WorkflowRules.NotReplayable,
            WorkflowRules.LiftingForbidden,
            WorkflowRules.LiftedExpression,
            WorkflowRules.GoogleWorkflowsLimit,
            FunctionRules.AttributeValue)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types) =>
        context.RegisterSymbolAction(
            symbol =>
            {
                var findings = new List<Finding>();
                foreach (var member in ((INamedTypeSymbol)symbol.Symbol).GetMembers())
                {
                    if (member is IMethodSymbol method)
                    {
                        findings.AddRange(Parse(method, types, symbol.Compilation, symbol.CancellationToken));
                    }
                }

                Report(
                    findings.GroupBy(f => (f.RuleId, f.Location)).Select(same => same.First()).ToImmutableArray(),
                    symbol.ReportDiagnostic);
            },
            SymbolKind.NamedType);

    private static IEnumerable<Finding> Parse(IMethodSymbol method, KnownTypes types, Compilation compilation, CancellationToken cancellationToken)
    {
        if (KnownTypes.Find(method, types.Workflow) is not null)
        {
            var parsed = WorkflowParser.Parse(method, compilation, cancellationToken);
            foreach (var finding in parsed.Findings)
            {
                yield return finding;
            }

            // Here rather than in the parser, which the generator runs at every keystroke: it takes the whole definition.
            foreach (var problem in parsed.Model is { } model ? GoogleLimits.Check(model) : [])
            {
                yield return Findings.Of(RuleIdentifiers.GoogleWorkflowsLimit, Readings.LocationOf(method), method.Name, $"{problem.What}, but {problem.Limit}");
            }
        }

        var isInference = KnownTypes.Find(method, types.Inference) is not null;
        if (isInference)
        {
            foreach (var finding in InferenceParser.Parse(method, compilation, cancellationToken).Findings)
            {
                yield return finding;
            }
        }

        if (isInference || KnownTypes.Find(method, types.Step) is not null)
        {
            foreach (var finding in StepParser.Parse(method, compilation, cancellationToken).Findings)
            {
                // An inference is a step too, but its shape has a rule of its own.
                if (!isInference || finding.RuleId != RuleIdentifiers.StepSignature)
                {
                    yield return finding;
                }
            }
        }
    }
}
