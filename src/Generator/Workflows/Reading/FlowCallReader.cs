using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Discovery;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>Reads what a workflow awaits: calls of its <c>IWorkflow</c>, and nothing else.</summary>
internal sealed class FlowCallReader
{
    private readonly ReadingContext _context;
    private readonly StepCallReader _steps;
    private readonly BranchReader _branches;
    private readonly WaitReader _waits;
    private readonly OutsideReader _outside;

    public FlowCallReader(ReadingContext context, LocalUses locals, ExpressionReader expressions, StatementReader statements)
    {
        _context = context;
        Functions = new FunctionReader(context, locals, expressions, statements);
        _steps = new StepCallReader(context, expressions);
        _branches = new BranchReader(context, statements, _steps);
        _waits = new WaitReader(context, expressions);
        _outside = new OutsideReader(context, expressions);
    }

    /// <summary>Who reads calls of the workflow's own functions.</summary>
    public FunctionReader Functions { get; }

    /// <summary>Reads the call whose task is awaited; <see langword="null"/> when it has been reported.</summary>
    /// <param name="task">The call.</param>
    /// <param name="awaited">What to report: the await, if there is one.</param>
    /// <param name="isWhole">Whether a statement consists of it.</param>
    public FlowCall? Read(IOperation task, IOperation awaited, bool isWhole = true)
    {
        if (task is IInvocationOperation own && Functions.IsOwn(own.TargetMethod))
        {
            return Functions.Read(own, isWhole);
        }

        if (task is not IInvocationOperation call || !_context.Symbols.IsFlow(call.TargetMethod.ContainingType))
        {
            return Reject(awaited, AwaitProblem(task));
        }

        if (!_context.IsFlow(call.Instance ?? Argument(call, "flow")))
        {
            return Reject(awaited, "awaits a call of something else than its own IWorkflow parameter: engines would not see it");
        }

        return call.TargetMethod.Name switch
        {
            "Step" => _steps.Read(call),
            "Parallel" => _branches.Parallel(call),
            "Map" => _branches.Map(call, collects: false),
            "TryMap" => _branches.Map(call, collects: true),
            "Delay" => _waits.Delay(call),
            "Until" => _waits.Until(call),
            "Event" => _waits.Event(call),
            "Child" => _outside.Child(call),
            "Publish" => _outside.Publish(call),
            "Compensate" => new FlowCall(_context, [], false, static (_, source) => [new IrCompensate(source)]),
            _ => Reject(awaited, AwaitProblem(task)),
        };
    }

    /// <summary>The argument for a parameter, without the conversions that the compiler put around it.</summary>
    public static IOperation? Argument(IInvocationOperation call, string name)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Name == name)
            {
                return argument.Value is IConversionOperation { IsImplicit: true, Conversion.IsIdentity: true } identity ? identity.Operand : argument.Value;
            }
        }

        return null;
    }

    /// <summary>The operation within implicit conversions and parentheses.</summary>
    public static IOperation? WithoutConversions(IOperation? operation)
    {
        while (operation is IConversionOperation { IsImplicit: true, OperatorMethod: null } or IParenthesizedOperation)
        {
            operation = operation is IConversionOperation conversion ? conversion.Operand : ((IParenthesizedOperation)operation).Operand;
        }

        return operation;
    }

    private FlowCall? Reject(IOperation operation, string problem)
    {
        _context.Reject(RuleIdentifiers.ForeignAwait, operation, problem);
        return null;
    }

    private static string AwaitProblem(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } => "uses ConfigureAwait: remove it, an engine resumes a workflow where it must",
        IInvocationOperation { TargetMethod: { Name: "Delay", ContainingType.Name: "Task" } } => "awaits a delay of its own, which engines cannot replay: await flow.Delay(...)",
        IInvocationOperation { TargetMethod: { Name: "Yield", ContainingType.Name: "Task" } } => "yields, which engines cannot replay: remove it",
        IInvocationOperation { TargetMethod: { Name: "WhenAll", ContainingType.Name: "Task" } } => "awaits several tasks at once: use flow.Parallel(flow.Branch(...), flow.Branch(...)), or flow.Map for a list",
        IInvocationOperation { TargetMethod: { Name: "WhenAny", ContainingType.Name: "Task" } } => "awaits the first of several tasks, which engines replay in their own order: await what you need, or give the wait a timeout",
        IInvocationOperation { TargetMethod: { Name: "RunStep" or "RunChild" or "RunAll", ContainingType.Name: "IWorkflow" } method } =>
            $"calls {method.Name}, which is for engines: write {(method.Name == "RunStep" ? "flow.Step(Method, payload)" : method.Name == "RunChild" ? "flow.Child(Workflow, input)" : "flow.Parallel or flow.Map")}",
        IInvocationOperation call => $"awaits '{call.TargetMethod.Name}', which is not flow.Step(...): make it a [Step] and run it with flow.Step({call.TargetMethod.Name}, ...)",
        ILocalReferenceOperation or IParameterReferenceOperation => "awaits a task that was started before: await flow.Step(...) where it is called, or run several at once with flow.Parallel",
        _ => "awaits something else than a call of its IWorkflow: move it into a [Step]",
    };
}
