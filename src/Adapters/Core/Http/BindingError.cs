namespace Portable.Runtime;

/// <summary>A parameter that a request could not be bound to.</summary>
/// <param name="Parameter">The name on the wire.</param>
/// <param name="Reason">Why, without the value itself.</param>
public readonly record struct BindingError(string Parameter, string Reason);
