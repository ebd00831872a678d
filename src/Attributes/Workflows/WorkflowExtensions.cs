using System.Runtime.CompilerServices;

namespace Portable;

/// <summary>Running steps by method group: <c>await flow.Step(Price, order)</c>.</summary>
/// <remarks>
/// The method group is never invoked here: its name, taken at compile time, tells the engine which step to run, in
/// another process if need be. Pass a method with <c>[Step]</c> or <c>[Inference]</c>, nothing else.
/// </remarks>
public static class WorkflowExtensions
{
    /// <summary>Runs a step with a payload and a result.</summary>
    /// <exception cref="StepFailed">The step failed and its retry policy is exhausted.</exception>
    public static Task<TOut> Step<TIn, TOut>(this IWorkflow flow, Func<TIn, CancellationToken, Task<TOut>> step, TIn input, [CallerArgumentExpression(nameof(step))] string name = "") =>
        flow.RunStep<TIn, TOut>(StepNames.Of(name), input);

    /// <inheritdoc cref="Step{TIn, TOut}(IWorkflow, Func{TIn, CancellationToken, Task{TOut}}, TIn, string)"/>
    public static Task<TOut> Step<TIn, TOut>(this IWorkflow flow, Func<TIn, Task<TOut>> step, TIn input, [CallerArgumentExpression(nameof(step))] string name = "") =>
        flow.RunStep<TIn, TOut>(StepNames.Of(name), input);

    /// <summary>Runs a step with a payload and no result.</summary>
    /// <exception cref="StepFailed">The step failed and its retry policy is exhausted.</exception>
    public static Task Step<TIn>(this IWorkflow flow, Func<TIn, CancellationToken, Task> step, TIn input, [CallerArgumentExpression(nameof(step))] string name = "") =>
        flow.RunStep<TIn, None>(StepNames.Of(name), input);

    /// <inheritdoc cref="Step{TIn}(IWorkflow, Func{TIn, CancellationToken, Task}, TIn, string)"/>
    public static Task Step<TIn>(this IWorkflow flow, Func<TIn, Task> step, TIn input, [CallerArgumentExpression(nameof(step))] string name = "") =>
        flow.RunStep<TIn, None>(StepNames.Of(name), input);

    /// <summary>Runs a step without a payload.</summary>
    /// <exception cref="StepFailed">The step failed and its retry policy is exhausted.</exception>
    public static Task<TOut> Step<TOut>(this IWorkflow flow, Func<CancellationToken, Task<TOut>> step, [CallerArgumentExpression(nameof(step))] string name = "") =>
        flow.RunStep<None, TOut>(StepNames.Of(name), default);

    /// <inheritdoc cref="Step{TOut}(IWorkflow, Func{CancellationToken, Task{TOut}}, string)"/>
    public static Task<TOut> Step<TOut>(this IWorkflow flow, Func<Task<TOut>> step, [CallerArgumentExpression(nameof(step))] string name = "") =>
        flow.RunStep<None, TOut>(StepNames.Of(name), default);

    /// <summary>Runs a step without a payload or a result.</summary>
    /// <exception cref="StepFailed">The step failed and its retry policy is exhausted.</exception>
    public static Task Step(this IWorkflow flow, Func<CancellationToken, Task> step, [CallerArgumentExpression(nameof(step))] string name = "") =>
        flow.RunStep<None, None>(StepNames.Of(name), default);

    /// <inheritdoc cref="Step(IWorkflow, Func{CancellationToken, Task}, string)"/>
    public static Task Step(this IWorkflow flow, Func<Task> step, [CallerArgumentExpression(nameof(step))] string name = "") =>
        flow.RunStep<None, None>(StepNames.Of(name), default);
}
