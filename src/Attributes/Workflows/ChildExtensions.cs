using System.Runtime.CompilerServices;

namespace Portable;

/// <summary>Running another workflow and waiting for its result: <c>await flow.Child(Ship, parcel)</c>.</summary>
/// <remarks>The other workflow has a run, a history and a timeout of its own. What it did is not undone by this workflow's compensation.</remarks>
public static class ChildExtensions
{
    /// <summary>Runs a workflow by its method.</summary>
    /// <param name="flow">The workflow.</param>
    /// <param name="workflow">A method group of a method with <c>[Workflow]</c>: of this class, a static one, or of an object at hand. The method is not called here.</param>
    /// <param name="input">Its input.</param>
    /// <param name="expression">Left to the compiler.</param>
    /// <exception cref="StepFailed">The other workflow failed; the failure is its failure.</exception>
    public static Task<TOut> Child<TIn, TOut>(this IWorkflow flow, Func<IWorkflow, TIn, Task<TOut>> workflow, TIn input, [CallerArgumentExpression(nameof(workflow))] string expression = "") =>
        flow.RunChild<TIn, TOut>(expression, input);

    /// <inheritdoc cref="Child{TIn, TOut}(IWorkflow, Func{IWorkflow, TIn, Task{TOut}}, TIn, string)"/>
    public static Task Child<TIn>(this IWorkflow flow, Func<IWorkflow, TIn, Task> workflow, TIn input, [CallerArgumentExpression(nameof(workflow))] string expression = "") =>
        flow.RunChild<TIn, None>(expression, input);

    /// <summary>Runs a workflow of this project by its name.</summary>
    /// <param name="flow">The workflow.</param>
    /// <param name="workflow">The name that <c>[Workflow]</c> gives, a constant.</param>
    /// <param name="input">Its input.</param>
    /// <exception cref="StepFailed">The other workflow failed; the failure is its failure.</exception>
    public static Task<TOut> Child<TIn, TOut>(this IWorkflow flow, string workflow, TIn input) => flow.RunChild<TIn, TOut>(workflow, input);
}
