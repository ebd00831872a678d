using Portable.Generator.Helpers;
using Portable.Generator.Model;

namespace Portable.Generator.Workflows.Ir;

/// <summary>
/// Turns compensation into ordinary statements, so that emitters know nothing of it. What has been done is a list in a variable, the
/// last one first, of objects <c>{step, input}</c>: the step that undoes it, and what that step gets. Each branch and each element
/// keeps a list of its own, which outlives its failure: their bodies end with an object <c>{value, failure, done}</c> instead of
/// failing, and the statement around them puts the lists together and fails with the first failure.
/// </summary>
internal static class Sagas
{
    /// <summary>The workflow without <see cref="IrCompensate"/> and without steps that have a compensation.</summary>
    public static WorkflowModel Apply(WorkflowModel model) => model.Body is { } body && model.IsSaga
        ? model with
        {
            Body = new SagaRewriter(model).Workflow(body),
            CompensatesOnFailure = false,
            Steps = model.Steps.Select(static step => step with { Compensation = null }).ToEquatableArray(),
        }
        : model;
}
