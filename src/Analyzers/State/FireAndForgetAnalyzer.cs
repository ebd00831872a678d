using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.State;

/// <summary>PORT104: work that nobody waits for is frozen with the process when the invocation ends.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FireAndForgetAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.FireAndForget,
        "A handler waits for the work that it starts",
        "'{0}' starts '{1}' and does not wait for it: the platform freezes it when the invocation ends, and nobody sees it fail; await it, or send a message to a function that does it",
        Categories.State,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.FireAndForget));

    /// <summary>Creates the analyzer.</summary>
    public FireAndForgetAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types) => OnHandlerBodies(context, types, static body =>
    {
        if (!body.RunsPerInvocation)
        {
            return;
        }

        foreach (var statement in body.Code.Statements)
        {
            var work = statement.Operation is ISimpleAssignmentOperation { Target: IDiscardOperation } discard ? WithoutConversion(discard.Value) : statement.Operation;
            if (work is IConditionalAccessOperation conditional)
            {
                work = conditional.WhenNotNull;
            }

            if (work is IInvocationOperation call && IsTask(call.Type) && !IsDone(call))
            {
                body.Report(Rule, statement.Operation.Syntax, NameOf(body.Member), $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}");
            }
        }
    });

    private static IOperation WithoutConversion(IOperation operation) => operation is IConversionOperation { IsImplicit: true } conversion ? conversion.Operand : operation;

    private static bool IsTask(ITypeSymbol? type) => type is { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks", ContainingNamespace.Name: "Threading" } }
        or { Name: "ConfiguredTaskAwaitable" or "ConfiguredValueTaskAwaitable", ContainingNamespace: { Name: "CompilerServices", ContainingNamespace.Name: "Runtime" } };

    // Task.FromResult and the like start nothing.
    private static bool IsDone(IInvocationOperation call) => call.TargetMethod is { IsStatic: true, Name: "FromResult" or "FromException" or "FromCanceled", ContainingType.Name: "Task" or "ValueTask" };

    private static string NameOf(ISymbol member) => (member as IMethodSymbol)?.AssociatedSymbol?.Name ?? member.Name;
}
