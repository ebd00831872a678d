using System.Runtime.CompilerServices;

namespace Portable;

/// <summary>Running several things side by side: <c>flow.Parallel(flow.Branch(Reserve, order), flow.Branch(ScoreRisk, order))</c>.</summary>
/// <remarks>
/// A branch is a step, or an async lambda or local function over several steps with its own control flow. It reads the variables around it
/// and assigns none of them. The first failure fails the whole call; the other branches stop before their next step or wait.
/// In a workflow that compensates, they run to their end instead, so that everything they did can be undone.
/// </remarks>
public static class ParallelExtensions
{
    /// <summary>A branch that runs a step with a payload and a result.</summary>
    public static Branch<TOut> Branch<TIn, TOut>(this IWorkflow flow, Func<TIn, CancellationToken, Task<TOut>> step, TIn input, [CallerArgumentExpression(nameof(step))] string name = "") =>
        new(() => flow.RunStep<TIn, TOut>(StepNames.Of(name), input));

    /// <inheritdoc cref="Branch{TIn, TOut}(IWorkflow, Func{TIn, CancellationToken, Task{TOut}}, TIn, string)"/>
    public static Branch<TOut> Branch<TIn, TOut>(this IWorkflow flow, Func<TIn, Task<TOut>> step, TIn input, [CallerArgumentExpression(nameof(step))] string name = "") =>
        new(() => flow.RunStep<TIn, TOut>(StepNames.Of(name), input));

    /// <summary>A branch that runs a step with a payload and no result.</summary>
    public static Branch<None> Branch<TIn>(this IWorkflow flow, Func<TIn, CancellationToken, Task> step, TIn input, [CallerArgumentExpression(nameof(step))] string name = "") =>
        new(() => flow.RunStep<TIn, None>(StepNames.Of(name), input));

    /// <inheritdoc cref="Branch{TIn}(IWorkflow, Func{TIn, CancellationToken, Task}, TIn, string)"/>
    public static Branch<None> Branch<TIn>(this IWorkflow flow, Func<TIn, Task> step, TIn input, [CallerArgumentExpression(nameof(step))] string name = "") =>
        new(() => flow.RunStep<TIn, None>(StepNames.Of(name), input));

    /// <summary>A branch that runs a step without a payload.</summary>
    public static Branch<TOut> Branch<TOut>(this IWorkflow flow, Func<CancellationToken, Task<TOut>> step, [CallerArgumentExpression(nameof(step))] string name = "") =>
        new(() => flow.RunStep<None, TOut>(StepNames.Of(name), default));

    /// <summary>A branch that runs a step without a payload or a result.</summary>
    public static Branch<None> Branch(this IWorkflow flow, Func<CancellationToken, Task> step, [CallerArgumentExpression(nameof(step))] string name = "") =>
        new(() => flow.RunStep<None, None>(StepNames.Of(name), default));

    /// <summary>A branch that runs a body: a lambda, a local function, or a step without a payload.</summary>
    public static Branch<TOut> Branch<TOut>(this IWorkflow flow, Func<Task<TOut>> body, [CallerArgumentExpression(nameof(body))] string name = "") =>
        new(() => StepNames.IsStep(flow, name) ? flow.RunStep<None, TOut>(StepNames.Of(name), default) : body());

    /// <summary>A branch that runs a body without a result: a lambda, a local function, or a step without a payload.</summary>
    public static Branch<None> Branch(this IWorkflow flow, Func<Task> body, [CallerArgumentExpression(nameof(body))] string name = "") =>
        new(async () =>
        {
            await (StepNames.IsStep(flow, name) ? flow.RunStep<None, None>(StepNames.Of(name), default) : body());
            return default;
        });

    /// <summary>Runs two branches side by side and returns their results in order.</summary>
    /// <exception cref="StepFailed">A branch failed.</exception>
    public static async Task<(T1, T2)> Parallel<T1, T2>(this IWorkflow flow, Branch<T1> branch1, Branch<T2> branch2)
    {
        await flow.RunAll([branch1.RunAsync, branch2.RunAsync], 2, collects: false);
        return (branch1.Result, branch2.Result);
    }

    /// <summary>Runs three branches side by side and returns their results in order.</summary>
    /// <exception cref="StepFailed">A branch failed.</exception>
    public static async Task<(T1, T2, T3)> Parallel<T1, T2, T3>(this IWorkflow flow, Branch<T1> branch1, Branch<T2> branch2, Branch<T3> branch3)
    {
        await flow.RunAll([branch1.RunAsync, branch2.RunAsync, branch3.RunAsync], 3, collects: false);
        return (branch1.Result, branch2.Result, branch3.Result);
    }

    /// <summary>Runs four branches side by side and returns their results in order.</summary>
    /// <exception cref="StepFailed">A branch failed.</exception>
    public static async Task<(T1, T2, T3, T4)> Parallel<T1, T2, T3, T4>(this IWorkflow flow, Branch<T1> branch1, Branch<T2> branch2, Branch<T3> branch3, Branch<T4> branch4)
    {
        await flow.RunAll([branch1.RunAsync, branch2.RunAsync, branch3.RunAsync, branch4.RunAsync], 4, collects: false);
        return (branch1.Result, branch2.Result, branch3.Result, branch4.Result);
    }

    /// <summary>Runs five branches side by side and returns their results in order.</summary>
    /// <exception cref="StepFailed">A branch failed.</exception>
    public static async Task<(T1, T2, T3, T4, T5)> Parallel<T1, T2, T3, T4, T5>(this IWorkflow flow, Branch<T1> branch1, Branch<T2> branch2, Branch<T3> branch3, Branch<T4> branch4, Branch<T5> branch5)
    {
        await flow.RunAll([branch1.RunAsync, branch2.RunAsync, branch3.RunAsync, branch4.RunAsync, branch5.RunAsync], 5, collects: false);
        return (branch1.Result, branch2.Result, branch3.Result, branch4.Result, branch5.Result);
    }

    /// <summary>Runs six branches side by side and returns their results in order.</summary>
    /// <exception cref="StepFailed">A branch failed.</exception>
    public static async Task<(T1, T2, T3, T4, T5, T6)> Parallel<T1, T2, T3, T4, T5, T6>(this IWorkflow flow, Branch<T1> branch1, Branch<T2> branch2, Branch<T3> branch3, Branch<T4> branch4, Branch<T5> branch5, Branch<T6> branch6)
    {
        await flow.RunAll([branch1.RunAsync, branch2.RunAsync, branch3.RunAsync, branch4.RunAsync, branch5.RunAsync, branch6.RunAsync], 6, collects: false);
        return (branch1.Result, branch2.Result, branch3.Result, branch4.Result, branch5.Result, branch6.Result);
    }

    /// <summary>Runs seven branches side by side and returns their results in order.</summary>
    /// <exception cref="StepFailed">A branch failed.</exception>
    public static async Task<(T1, T2, T3, T4, T5, T6, T7)> Parallel<T1, T2, T3, T4, T5, T6, T7>(this IWorkflow flow, Branch<T1> branch1, Branch<T2> branch2, Branch<T3> branch3, Branch<T4> branch4, Branch<T5> branch5, Branch<T6> branch6, Branch<T7> branch7)
    {
        await flow.RunAll([branch1.RunAsync, branch2.RunAsync, branch3.RunAsync, branch4.RunAsync, branch5.RunAsync, branch6.RunAsync, branch7.RunAsync], 7, collects: false);
        return (branch1.Result, branch2.Result, branch3.Result, branch4.Result, branch5.Result, branch6.Result, branch7.Result);
    }

    /// <summary>Runs eight branches side by side and returns their results in order.</summary>
    /// <exception cref="StepFailed">A branch failed.</exception>
    public static async Task<(T1, T2, T3, T4, T5, T6, T7, T8)> Parallel<T1, T2, T3, T4, T5, T6, T7, T8>(this IWorkflow flow, Branch<T1> branch1, Branch<T2> branch2, Branch<T3> branch3, Branch<T4> branch4, Branch<T5> branch5, Branch<T6> branch6, Branch<T7> branch7, Branch<T8> branch8)
    {
        await flow.RunAll([branch1.RunAsync, branch2.RunAsync, branch3.RunAsync, branch4.RunAsync, branch5.RunAsync, branch6.RunAsync, branch7.RunAsync, branch8.RunAsync], 8, collects: false);
        return (branch1.Result, branch2.Result, branch3.Result, branch4.Result, branch5.Result, branch6.Result, branch7.Result, branch8.Result);
    }

    /// <summary>Runs nine branches side by side and returns their results in order.</summary>
    /// <exception cref="StepFailed">A branch failed.</exception>
    public static async Task<(T1, T2, T3, T4, T5, T6, T7, T8, T9)> Parallel<T1, T2, T3, T4, T5, T6, T7, T8, T9>(this IWorkflow flow, Branch<T1> branch1, Branch<T2> branch2, Branch<T3> branch3, Branch<T4> branch4, Branch<T5> branch5, Branch<T6> branch6, Branch<T7> branch7, Branch<T8> branch8, Branch<T9> branch9)
    {
        await flow.RunAll([branch1.RunAsync, branch2.RunAsync, branch3.RunAsync, branch4.RunAsync, branch5.RunAsync, branch6.RunAsync, branch7.RunAsync, branch8.RunAsync, branch9.RunAsync], 9, collects: false);
        return (branch1.Result, branch2.Result, branch3.Result, branch4.Result, branch5.Result, branch6.Result, branch7.Result, branch8.Result, branch9.Result);
    }

    /// <summary>Runs ten branches side by side and returns their results in order.</summary>
    /// <exception cref="StepFailed">A branch failed.</exception>
    public static async Task<(T1, T2, T3, T4, T5, T6, T7, T8, T9, T10)> Parallel<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>(this IWorkflow flow, Branch<T1> branch1, Branch<T2> branch2, Branch<T3> branch3, Branch<T4> branch4, Branch<T5> branch5, Branch<T6> branch6, Branch<T7> branch7, Branch<T8> branch8, Branch<T9> branch9, Branch<T10> branch10)
    {
        await flow.RunAll([branch1.RunAsync, branch2.RunAsync, branch3.RunAsync, branch4.RunAsync, branch5.RunAsync, branch6.RunAsync, branch7.RunAsync, branch8.RunAsync, branch9.RunAsync, branch10.RunAsync], 10, collects: false);
        return (branch1.Result, branch2.Result, branch3.Result, branch4.Result, branch5.Result, branch6.Result, branch7.Result, branch8.Result, branch9.Result, branch10.Result);
    }
}
