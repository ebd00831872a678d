using System.Runtime.CompilerServices;

namespace Portable;

/// <summary>Running the same for every element of a list, some at a time: <c>flow.Map(order.Lines, Pack, maxConcurrency: 5)</c>.</summary>
/// <remarks>
/// The body is a step, or an async lambda or local function over several steps with its own control flow. It reads the variables around
/// it and assigns none of them. Results keep the order of the elements.
/// </remarks>
public static class MapExtensions
{
    /// <summary>How many elements are worked on at a time when the call does not say: what every engine can do.</summary>
    public const int DefaultConcurrency = 10;

    /// <summary>Runs a step for every element. The first failure fails the whole call; the other elements stop before their next step or wait.</summary>
    /// <param name="flow">The workflow.</param>
    /// <param name="items">The elements.</param>
    /// <param name="body">A method group of a step.</param>
    /// <param name="maxConcurrency">How many run at a time: a constant from 1 to 20, the most that every engine can do.</param>
    /// <param name="name">Left to the compiler.</param>
    /// <returns>The results, in the order of the elements.</returns>
    /// <exception cref="StepFailed">The failure of the first element that failed.</exception>
    public static Task<IReadOnlyList<TOut>> Map<TIn, TOut>(this IWorkflow flow, IReadOnlyList<TIn> items, Func<TIn, CancellationToken, Task<TOut>> body, int maxConcurrency = DefaultConcurrency, [CallerArgumentExpression(nameof(body))] string name = "") =>
        MapAsync(flow, items, item => flow.RunStep<TIn, TOut>(StepNames.Of(name), item), maxConcurrency);

    /// <summary>Runs a body for every element: a lambda, a local function or a step.</summary>
    /// <inheritdoc cref="Map{TIn, TOut}(IWorkflow, IReadOnlyList{TIn}, Func{TIn, CancellationToken, Task{TOut}}, int, string)"/>
    public static Task<IReadOnlyList<TOut>> Map<TIn, TOut>(this IWorkflow flow, IReadOnlyList<TIn> items, Func<TIn, Task<TOut>> body, int maxConcurrency = DefaultConcurrency, [CallerArgumentExpression(nameof(body))] string name = "") =>
        MapAsync(flow, items, StepNames.IsStep(flow, name) ? item => flow.RunStep<TIn, TOut>(StepNames.Of(name), item) : body, maxConcurrency);

    /// <summary>Runs a step without a result for every element.</summary>
    /// <inheritdoc cref="Map{TIn, TOut}(IWorkflow, IReadOnlyList{TIn}, Func{TIn, CancellationToken, Task{TOut}}, int, string)"/>
    public static Task Map<TIn>(this IWorkflow flow, IReadOnlyList<TIn> items, Func<TIn, CancellationToken, Task> body, int maxConcurrency = DefaultConcurrency, [CallerArgumentExpression(nameof(body))] string name = "") =>
        MapAsync(flow, items, item => flow.RunStep<TIn, None>(StepNames.Of(name), item), maxConcurrency);

    /// <summary>Runs a body without a result for every element: a lambda, a local function or a step.</summary>
    /// <inheritdoc cref="Map{TIn, TOut}(IWorkflow, IReadOnlyList{TIn}, Func{TIn, CancellationToken, Task{TOut}}, int, string)"/>
    public static Task Map<TIn>(this IWorkflow flow, IReadOnlyList<TIn> items, Func<TIn, Task> body, int maxConcurrency = DefaultConcurrency, [CallerArgumentExpression(nameof(body))] string name = "") =>
        MapAsync(flow, items, StepNames.IsStep(flow, name) ? item => flow.RunStep<TIn, None>(StepNames.Of(name), item) : Resulting(body), maxConcurrency);

    /// <summary>Runs a step for every element and collects results and failures: one element that fails leaves the others alone.</summary>
    /// <inheritdoc cref="Map{TIn, TOut}(IWorkflow, IReadOnlyList{TIn}, Func{TIn, CancellationToken, Task{TOut}}, int, string)"/>
    public static Task<IReadOnlyList<Outcome<TOut>>> TryMap<TIn, TOut>(this IWorkflow flow, IReadOnlyList<TIn> items, Func<TIn, CancellationToken, Task<TOut>> body, int maxConcurrency = DefaultConcurrency, [CallerArgumentExpression(nameof(body))] string name = "") =>
        CollectAsync(flow, items, item => flow.RunStep<TIn, TOut>(StepNames.Of(name), item), maxConcurrency);

    /// <summary>Runs a body for every element and collects results and failures.</summary>
    /// <inheritdoc cref="Map{TIn, TOut}(IWorkflow, IReadOnlyList{TIn}, Func{TIn, CancellationToken, Task{TOut}}, int, string)"/>
    public static Task<IReadOnlyList<Outcome<TOut>>> TryMap<TIn, TOut>(this IWorkflow flow, IReadOnlyList<TIn> items, Func<TIn, Task<TOut>> body, int maxConcurrency = DefaultConcurrency, [CallerArgumentExpression(nameof(body))] string name = "") =>
        CollectAsync(flow, items, StepNames.IsStep(flow, name) ? item => flow.RunStep<TIn, TOut>(StepNames.Of(name), item) : body, maxConcurrency);

    private static Func<TIn, Task<None>> Resulting<TIn>(Func<TIn, Task> body) => async item =>
    {
        await body(item);
        return default;
    };

    private static async Task<IReadOnlyList<TOut>> MapAsync<TIn, TOut>(IWorkflow flow, IReadOnlyList<TIn> items, Func<TIn, Task<TOut>> body, int maxConcurrency)
    {
        var results = new TOut[items.Count];
        await flow.RunAll(Bodies(items, async (item, index) => results[index] = await body(item)), maxConcurrency, collects: false);
        return results;
    }

    private static async Task<IReadOnlyList<Outcome<TOut>>> CollectAsync<TIn, TOut>(IWorkflow flow, IReadOnlyList<TIn> items, Func<TIn, Task<TOut>> body, int maxConcurrency)
    {
        var results = new Outcome<TOut>[items.Count];
        async Task One(TIn item, int index)
        {
            try
            {
                results[index] = new Outcome<TOut>(await body(item), null);
            }
            catch (StepFailed failed)
            {
                results[index] = new Outcome<TOut>(default, new Failure(failed.Code, failed.Message, failed.FailureData));
            }
        }

        await flow.RunAll(Bodies(items, One), maxConcurrency, collects: true);
        return results;
    }

    private static Func<Task>[] Bodies<TIn>(IReadOnlyList<TIn> items, Func<TIn, int, Task> body)
    {
        var bodies = new Func<Task>[items.Count];
        for (var i = 0; i < bodies.Length; i++)
        {
            var index = i;
            bodies[index] = () => body(items[index], index);
        }

        return bodies;
    }
}
