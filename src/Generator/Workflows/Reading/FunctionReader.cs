using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Discovery;
using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>
/// Reads calls of the workflow's own functions: local ones, and methods that take its <c>IWorkflow</c>. Engines have no such calls, so
/// the statements of the function stand where it is called, with its parameters as variables.
/// </summary>
internal sealed class FunctionReader(ReadingContext context, LocalUses locals, ExpressionReader expressions, StatementReader statements)
{
    /// <summary>Functions that call others twice, which call others twice, make definitions that nobody can deploy.</summary>
    private const int MostCalls = 100;

    private int _calls;

    /// <summary>Whether a method is read where it is called: a local function, or a method of the source that is handed the workflow.</summary>
    public bool IsOwn(IMethodSymbol method) =>
        method.MethodKind == MethodKind.LocalFunction
        || (method is { MethodKind: MethodKind.Ordinary, DeclaringSyntaxReferences.Length: > 0 }
            && method.Parameters.Any(parameter => WorkflowSymbols.Same(parameter.Type, context.Symbols.Workflow))
            && WorkflowSymbols.Attribute(method, context.Symbols.WorkflowAttribute) is null
            && WorkflowSymbols.Attribute(method, context.Symbols.StepAttribute) is null);

    /// <summary>Reads a call; <see langword="null"/> when it has been reported.</summary>
    /// <param name="isWhole">Whether the call is a whole statement, so that nothing else in it can see what the function assigns.</param>
    public FlowCall? Read(IInvocationOperation call, bool isWhole)
    {
        var function = call.TargetMethod;
        if (Problem(call) is { } problem)
        {
            return Reject(call, problem);
        }

        if (BodyOf(function, out var semantics) is not { } body || Arguments(call) is not { } arguments)
        {
            context.GiveUp();
            return null;
        }

        if (function.MethodKind != MethodKind.LocalFunction)
        {
            locals.Include(body);
            ListAliases.Check(context, locals, semantics);
        }

        var known = context.Names.Snapshot();
        var before = new List<IrStatement>();
        foreach (var (parameter, argument, value) in arguments)
        {
            Bind(parameter, argument, value, before);
        }

        var end = new InlineEnd(context.Names.Take(function.Name), StepCallReader.ResultOf(function) is { } result ? context.Temporary(VariableNames.Lower(function.Name), context.KindOf(result), external: false) : null);
        var scope = new FunctionScope(function, context.Function.Depth, !function.IsAsync && context.Symbols.IsTask(function.ReturnType, out _), context.Function, end);
        var block = context.Inlined(scope, semantics, () => statements.Block(body.Operations));
        if (!isWhole && IrWalk.All(block).SelectMany(IrWalk.Assigned).FirstOrDefault(known.Contains) is { } assigned)
        {
            return Reject(call, $"calls '{function.Name}', which assigns '{assigned}', inside an expression: keep its result in a local first, so that it is plain what sees which value");
        }

        return Made(function, end, before, block);
    }

    /// <summary>Puts a call of a function that awaits nothing before the current statement, and gives its value.</summary>
    public IrExpression? Value(IInvocationOperation call)
    {
        if (Read(call, isWhole: false) is not { } read)
        {
            return null;
        }

        var run = read.Run(call.TargetMethod.Name, SourceLine.Of(call), out var result);
        foreach (var statement in run)
        {
            context.Before(statement);
        }

        return result ?? context.GiveUp();
    }

    private FlowCall Made(IMethodSymbol function, InlineEnd end, List<IrStatement> before, IrBlock block)
    {
        var type = StepCallReader.ResultOf(function);
        var isExternal = end.Returned.Exists(value => context.IsExternal(value) || context.HoldsExternal(value));
        if (end.Result is { } own)
        {
            Mark(own.Name, isExternal, end.Returned.Exists(context.IsUnsure));
        }

        return new FlowCall(
            context,
            type is null ? [] : [new FlowResult(type, isExternal)],
            isTuple: false,
            (results, source) =>
            {
                List<IrStatement> all = [.. before, .. Scopes.Close(end.Scope, block.Statements, source)];
                if (end.Result is not { } result)
                {
                    return all;
                }

                var target = results.Count == 0 ? null : results[0];
                var last = all.Count == 0 ? null : all[all.Count - 1] as IrAssign;
                if (last?.Variable != result.Name)
                {
                    return target is null ? all : [.. all, new IrAssign(target, result, IrSource.None)];
                }

                // The one return at the end gives the value itself.
                all.RemoveAt(all.Count - 1);
                if (target is null)
                {
                    return all;
                }

                if (all.Count > 0 && last.Value is IrVariable value && Prelude.Redirected(all[all.Count - 1], value.Name, target) is { } direct)
                {
                    all[all.Count - 1] = direct;
                    return all;
                }

                return [.. all, last with { Variable = target }];
            });
    }

    private List<(IParameterSymbol Parameter, IOperation Argument, IrExpression? Value)>? Arguments(IInvocationOperation call)
    {
        var arguments = new List<(IParameterSymbol, IOperation, IrExpression?)>();
        var complete = true;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is not { } parameter)
            {
                return null;
            }

            if (WorkflowSymbols.Same(parameter.Type, context.Symbols.Workflow))
            {
                if (!context.IsFlow(argument.Value))
                {
                    context.Reject(RuleIdentifiers.ForeignAwait, argument, "passes on something else than its own IWorkflow parameter: engines would not see its calls");
                    complete = false;
                }

                arguments.Add((parameter, argument.Value, null));
                continue;
            }

            var value = expressions.Read(argument.Value);
            complete &= value is not null;
            arguments.Add((parameter, argument.Value, value));
        }

        return complete ? arguments : null;
    }

    private void Bind(IParameterSymbol parameter, IOperation argument, IrExpression? value, List<IrStatement> before)
    {
        if (value is null)
        {
            context.DeclareFlow(parameter);
            return;
        }

        // What neither side assigns needs no copy.
        var isConstant = !locals.IsReassigned(parameter) && !locals.IsGrowing(parameter);
        if (isConstant && LocalUses.VariableOf(FlowCallReader.WithoutConversions(argument)!) is { } symbol && !locals.IsReassigned(symbol) && !locals.IsGrowing(symbol)
            && context.Find(symbol) is { IsFailure: false } variable && value is IrVariable same && same.Name == variable.Name)
        {
            context.DeclareAs(parameter, variable);
            return;
        }

        var name = context.Declare(parameter, context.IsExternal(value) || !isConstant);
        Mark(name, false, context.IsUnsure(value) || !isConstant);
        if (context.HoldsExternal(value))
        {
            context.MarkHoldsExternal(name);
        }

        before.Add(new IrAssign(name, value, IrSource.None));
    }

    private void Mark(string variable, bool isExternal, bool isUnsure)
    {
        if (isExternal)
        {
            context.MarkExternal(variable);
        }

        if (isUnsure)
        {
            context.MarkUnsure(variable);
        }
    }

    private string? Problem(IInvocationOperation call)
    {
        var function = call.TargetMethod;
        if (function.Parameters.FirstOrDefault(static parameter => parameter.RefKind != RefKind.None) is { } byReference)
        {
            return $"calls '{function.Name}', whose parameter '{byReference.Name}' is {byReference.RefKind.ToString().ToLowerInvariant()}: let it return what it computes";
        }

        return function switch
        {
            { IsAsync: true, ReturnsVoid: true } => $"calls '{function.Name}', which is async void, so that nobody can await it: let it return Task",
            { IsGenericMethod: true } => $"calls '{function.Name}', which is generic: give it the types that it works on",
            { IsVirtual: true } or { IsAbstract: true } or { IsOverride: true } => $"calls '{function.Name}', which another class may override: take 'virtual' off, for its statements become part of the workflow",
            { IsStatic: false, MethodKind: MethodKind.Ordinary } when !WorkflowSymbols.Same(function.ContainingType, context.Method.ContainingType) || call.Instance is not IInstanceReferenceOperation =>
                $"calls '{function.Name}' of another object: only functions of its own class become part of a workflow, so move it there, or make it static",
            _ when context.Function.IsWithin(function) =>
                $"calls '{function.Name}' within itself: engines know no recursion, so write a loop, or make it a workflow of its own and run it with flow.Child",
            _ when function.Parameters.FirstOrDefault(parameter => WorkflowSymbols.Same(parameter.Type, context.Symbols.CancellationToken)) is not null =>
                $"calls '{function.Name}', which takes a cancellation token, as only steps do: leave the parameter out",
            _ when function.Parameters.FirstOrDefault(static parameter => parameter.Type.TypeKind == TypeKind.Delegate) is { } passed =>
                $"calls '{function.Name}', whose parameter '{passed.Name}' is a function: call the function where it is known, or pass the value that it would give",
            _ when ++_calls > MostCalls => $"calls its own functions more than {MostCalls} times, and the statements of each call become part of the definition: make '{function.Name}' a workflow of its own and run it with flow.Child",
            _ => null,
        };
    }

    private IBlockOperation? BodyOf(IMethodSymbol function, out SemanticModel semantics)
    {
        semantics = context.Semantics;
        foreach (var reference in function.DeclaringSyntaxReferences)
        {
            var syntax = reference.GetSyntax(context.CancellationToken);
            semantics = syntax.SyntaxTree == semantics.SyntaxTree ? semantics : semantics.Compilation.GetSemanticModel(syntax.SyntaxTree);
            var body = (syntax, semantics.GetOperation(syntax, context.CancellationToken)) switch
            {
                (LocalFunctionStatementSyntax, ILocalFunctionOperation local) => local.Body,
                (MethodDeclarationSyntax, IMethodBodyOperation method) => method.BlockBody ?? method.ExpressionBody,
                _ => null,
            };
            if (body is not null)
            {
                return body;
            }
        }

        return null;
    }

    private FlowCall? Reject(IOperation operation, string problem)
    {
        context.Reject(RuleIdentifiers.OwnFunction, operation, problem);
        return null;
    }
}

/// <summary>Where a function that is read at its call ends: what <c>return</c> becomes.</summary>
internal sealed class InlineEnd(string scope, IrVariable? result)
{
    public string Scope { get; } = scope;

    public IrVariable? Result { get; } = result;

    /// <summary>The values that are returned.</summary>
    public List<IrExpression> Returned { get; } = [];

    public IEnumerable<IrStatement> Return(IrExpression? value, IrSource source)
    {
        if (value is null || Result is null)
        {
            return [new IrLeave(Scope, source)];
        }

        Returned.Add(value);
        return [new IrAssign(Result.Name, value, source), new IrLeave(Scope, source)];
    }
}
