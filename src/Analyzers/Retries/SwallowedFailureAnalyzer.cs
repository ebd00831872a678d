using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;
using Portable.Generator.Model;

namespace Portable.Analyzers.Retries;

/// <summary>PORT209: a catch of everything around the work of a function, after which the function returns as if the message were done.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SwallowedFailureAnalyzer : PortableAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIdentifiers.SwallowedFailure,
        "A message that failed is not acknowledged",
        "'{0}' catches every failure of its work and returns: the {1} counts as done, is not tried again and is in no dead letter; throw after it is told, catch only what can be dealt with, or {2}",
        Categories.Retries,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.SwallowedFailure));

    /// <summary>Creates the analyzer.</summary>
    public SwallowedFailureAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var code = HandlerCode.Of(context.Compilation, types);
        OnHandlerBodies(context, types, body =>
        {
            if (body is not { Kind: HandlerKind.Function, Code.Catches.Count: > 0, Member: IMethodSymbol method }
                || code.FunctionOf(method, body.Context.CancellationToken).Model is not { Trigger: not HttpTriggerModel } function)
            {
                return;
            }

            foreach (var clause in body.Code.Catches)
            {
                if (clause.Filter is null && IsEverything(clause.ExceptionType) && OnlyTells(clause.Handler, clause) && clause.Parent is ITryOperation attempt && MainWork.Is(attempt)
                    && clause.Syntax is CatchClauseSyntax syntax)
                {
                    var what = function.Trigger is ScheduleTriggerModel ? "firing" : "message";
                    var end = syntax.Declaration?.Span.End ?? syntax.CatchKeyword.Span.End;
                    body.Report(Rule, Location.Create(syntax.SyntaxTree, TextSpan.FromBounds(syntax.SpanStart, end)), method.Name, what,
                        function.Return.Kind == ReturnKind.BatchResult ? "report it with BatchResult.Partial" : "keep the message elsewhere");
                }
            }
        });
    }

    private static bool IsEverything(ITypeSymbol? type) =>
        type is null or { SpecialType: SpecialType.System_Object } or { Name: "Exception" or "SystemException", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>
    /// Whether a handler does nothing but tell: it neither throws nor answers with a failure, and writes, sends and remembers nothing. Whatever it does beyond logs,
    /// traces and meters may be the way in which the failure is kept.
    /// </summary>
    private static bool OnlyTells(IOperation operation, ICatchClauseOperation clause)
    {
        switch (operation)
        {
            case IThrowOperation or IAwaitOperation or IObjectCreationOperation { Type.Name: "FailedMessage" }:
                return false;
            case IReturnOperation { ReturnedValue: { } value } when !IsSuccess(value):
                return false;
            case IAssignmentOperation { Target: var target } when !IsOwn(target, clause):
                return false;
            case IIncrementOrDecrementOperation { Target: var target } when !IsOwn(target, clause):
                return false;
            case IInvocationOperation call when !Calls.Tells(call):
                return false;
        }

        foreach (var child in operation.ChildOperations)
        {
            if (!OnlyTells(child, clause))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSuccess(IOperation value) => value switch
    {
        IConversionOperation conversion => IsSuccess(conversion.Operand),
        IPropertyReferenceOperation property => property.Property is { Name: "Success", ContainingType.Name: "BatchResult" } or { Name: "CompletedTask" },
        IInvocationOperation { TargetMethod: { Name: "FromResult", ContainingType.Name: "Task" or "ValueTask" }, Arguments: [var only] } => IsSuccess(only.Value),
        IObjectCreationOperation { Type.Name: "ValueTask", Arguments: [var only] } => IsSuccess(only.Value),
        _ => false,
    };

    private static bool IsOwn(IOperation target, ICatchClauseOperation clause) =>
        target is IDiscardOperation
        || (target is ILocalReferenceOperation { Local.DeclaringSyntaxReferences: [var declaration] } && clause.Syntax.Span.Contains(declaration.Span));
}
