namespace Portable;

/// <summary>Names the step that undoes this one; see <see cref="IWorkflow.Compensate"/>.</summary>
/// <remarks>
/// The undoing step is a <c>[Step]</c> of the same class. It takes the undone step's result, or else its payload, by type; or nothing.
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CompensateAttribute : Attribute
{
    /// <summary>Names the step.</summary>
    /// <param name="step">The undoing method's name: <c>nameof(Refund)</c>.</param>
    public CompensateAttribute(string step) => Step = step;

    /// <summary>The undoing method's name.</summary>
    public string Step { get; }
}
