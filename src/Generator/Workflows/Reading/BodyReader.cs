using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Discovery;
using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>Reads the statements of a workflow's body into IR, and reports every one that the engines cannot be given.</summary>
internal sealed class BodyReader : IFlowReader
{
    private readonly ReadingContext _context;
    private readonly ExpressionReader _expressions;
    private readonly StepCallReader _calls;

    private BodyReader(ReadingContext context)
    {
        _context = context;
        _expressions = new ExpressionReader(context);
        _calls = new StepCallReader(context, _expressions);
        context.Flow = this;
    }

    /// <summary>The body; <see langword="null"/> when something in it cannot be compiled.</summary>
    public static (IrBlock? Body, string? Input, EquatableArray<StepModel> Lifted) Read(
        IMethodSymbol method,
        Compilation compilation,
        WorkflowSymbols symbols,
        EquatableArray<StepModel> steps,
        ImmutableArray<Finding>.Builder findings,
        CancellationToken cancellationToken)
    {
        var syntax = method.DeclaringSyntaxReferences
            .Select(reference => reference.GetSyntax(cancellationToken))
            .OfType<MethodDeclarationSyntax>()
            .FirstOrDefault(static declaration => declaration.Body is not null || declaration.ExpressionBody is not null);
        if (syntax is null)
        {
            return default;
        }

        var semantics = compilation.GetSemanticModel(syntax.SyntaxTree);
        if (semantics.GetOperation(syntax, cancellationToken) is not IMethodBodyOperation operation || (operation.BlockBody ?? operation.ExpressionBody) is not { } body)
        {
            return default;
        }

        var context = new ReadingContext(method, semantics, symbols, steps, findings, cancellationToken);
        var reader = new BodyReader(context);
        var block = reader.Block(body.Operations);
        context.ReportLifted();
        return (context.Failed ? null : block, context.Input, context.Lifted.Select(static lifted => lifted.Step).ToEquatableArray());
    }

    IrExpression? IFlowReader.Await(IAwaitOperation awaited) => _expressions.Reject(awaited, ExpressionProblems.Of(awaited));

    bool IFlowReader.TryValue(IOperation operation, out IrExpression? value)
    {
        value = null;
        return false;
    }

    IrThrow? IFlowReader.Throw(IThrowOperation thrown)
    {
        _context.Reject(RuleIdentifiers.UnsupportedStatement, thrown, StatementProblems.Of(thrown));
        return null;
    }

    private IrBlock Block(IEnumerable<IOperation> operations)
    {
        var statements = new List<IrStatement>();
        foreach (var operation in operations)
        {
            _context.CancellationToken.ThrowIfCancellationRequested();
            Statement(operation, statements);
        }

        // What stands after a return never runs; the compiler has warned of it.
        var reachable = statements.FindIndex(static statement => IrFlow.Ends(statement));
        return new IrBlock(statements.Take(reachable < 0 ? statements.Count : reachable + 1).ToEquatableArray());
    }

    private void Statement(IOperation operation, List<IrStatement> statements)
    {
        switch (operation)
        {
            case IBlockOperation block:
                statements.AddRange(Block(block.Operations).Statements);
                break;

            case IVariableDeclarationGroupOperation group:
                foreach (var declarator in group.Declarations.SelectMany(static declaration => declaration.Declarators))
                {
                    Declare(declarator, SourceOf(operation), statements);
                }

                break;

            case IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Target: IDiscardOperation, Value: var value } }:
                Call(value, null, SourceOf(operation), statements);
                break;

            case IExpressionStatementOperation { Operation: IAwaitOperation awaited }:
                Call(awaited, null, SourceOf(operation), statements);
                break;

            case IConditionalOperation branch:
                var condition = _expressions.Condition(branch.Condition);
                var then = Block([branch.WhenTrue]);
                var otherwise = branch.WhenFalse is null ? null : Block([branch.WhenFalse]);
                if (condition is not null)
                {
                    statements.Add(new IrIf(condition, then, otherwise, SourceOf(branch)));
                }

                break;

            case IReturnOperation { Kind: OperationKind.Return } back:
                Return(back, statements);
                break;

            case ITryOperation attempt:
                Try(attempt, statements);
                break;

            case IEmptyOperation:
                break;

            default:
                _context.Reject(RuleIdentifiers.UnsupportedStatement, operation, StatementProblems.Of(operation));
                break;
        }
    }

    private void Declare(IVariableDeclaratorOperation declarator, IrSource source, List<IrStatement> statements)
    {
        if (declarator.Symbol.IsConst)
        {
            return; // its uses are literals
        }

        if (declarator.GetVariableInitializer()?.Value is not { } value)
        {
            _context.Reject(RuleIdentifiers.UnsupportedStatement, declarator, $"declares '{declarator.Symbol.Name}' without a value: a local gets its value once, where it is declared");
            return;
        }

        if (declarator.Symbol.IsRef)
        {
            _context.Reject(RuleIdentifiers.UnsupportedStatement, declarator, "declares a ref local: declare an ordinary one");
            return;
        }

        if (value is IAwaitOperation)
        {
            Call(value, declarator.Symbol, source, statements);
        }
        else if (_expressions.Read(value) is { } expression)
        {
            var external = _context.IsExternal(expression);
            statements.Add(new IrAssign(_context.Declare(declarator.Symbol, external), expression, source));
        }
    }

    private void Call(IOperation value, ILocalSymbol? local, IrSource source, List<IrStatement> statements)
    {
        if (value is not IAwaitOperation awaited)
        {
            _context.Reject(RuleIdentifiers.UnsupportedStatement, value, "discards a value that is no awaited step: remove the statement");
            return;
        }

        if (_calls.Read(awaited) is not { } call)
        {
            return;
        }

        // The label first, the variable second: both are numbered in the order of the source.
        var label = _context.Labels.Take(call.Step.Name);
        var result = local is null ? null : _context.Declare(local, call.Step.Endpoint is not null);
        statements.Add(new IrStep(label, call.Step.Name, call.Input, result, source));
    }

    private void Return(IReturnOperation back, List<IrStatement> statements)
    {
        switch (back.ReturnedValue)
        {
            case null:
                statements.Add(new IrReturn(null, SourceOf(back)));
                break;

            case IAwaitOperation awaited:
                if (_calls.Read(awaited) is { } call)
                {
                    var label = _context.Labels.Take(call.Step.Name);
                    if (call.Step.Output is null)
                    {
                        // An expression body of a workflow without a result.
                        statements.Add(new IrStep(label, call.Step.Name, call.Input, null, SourceOf(back)));
                        statements.Add(new IrReturn(null, SourceOf(back)));
                        break;
                    }

                    var result = _context.Names.Take("output");
                    statements.Add(new IrStep(label, call.Step.Name, call.Input, result, SourceOf(back)));
                    statements.Add(new IrReturn(new IrVariable(result, JsonMembers.KindOf(awaited.Type)), SourceOf(back)));
                }

                break;

            case var value:
                if (_expressions.Read(value) is { } expression)
                {
                    statements.Add(new IrReturn(expression, SourceOf(back)));
                }

                break;
        }
    }

    private void Try(ITryOperation attempt, List<IrStatement> statements)
    {
        if (attempt.Finally is { } last)
        {
            _context.Reject(RuleIdentifiers.UnsupportedCatch, last, "has a 'finally', which no engine runs when a run is stopped: repeat its steps after the try and in the catch");
        }

        if (attempt.Catches.Length > 1)
        {
            _context.Reject(RuleIdentifiers.UnsupportedCatch, attempt.Catches[1], "has several catch clauses: write one catch (StepFailed) and compare its Code");
        }

        var body = Block(attempt.Body.Operations);
        if (attempt.Catches.Length == 0)
        {
            return;
        }

        var handler = attempt.Catches[0];
        if (!WorkflowSymbols.Same(handler.ExceptionType, _context.Symbols.StepFailed))
        {
            _context.Reject(RuleIdentifiers.UnsupportedCatch, handler.ExceptionDeclarationOrExpression ?? handler, "catches something else than StepFailed, the only exception that steps fail with on every engine");
            return;
        }

        if (handler.Filter is { } filter)
        {
            _context.Reject(RuleIdentifiers.UnsupportedCatch, filter, "has a 'when' filter: compare the failure's Code inside the catch");
        }

        var failure = handler.ExceptionDeclarationOrExpression is IVariableDeclaratorOperation declarator
            ? _context.DeclareFailure(declarator.Symbol)
            : _context.Names.Take("failure");
        statements.Add(new IrTry(body, failure, Block(handler.Handler.Operations), SourceOf(attempt)));
    }

    private static IrSource SourceOf(IOperation operation)
    {
        var syntax = operation.Syntax;
        var text = syntax switch
        {
            IfStatementSyntax branch => $"if ({branch.Condition})",
            TryStatementSyntax => "try",
            _ => syntax.ToString(),
        };
        return new IrSource(OneLine(text));
    }

    private static string OneLine(string text)
    {
        const int longest = 120;
        var line = string.Join(" ", text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(static part => part.Trim()));
        return line.Length <= longest ? line : line.Substring(0, longest - 3) + "...";
    }
}
