namespace Portable;

/// <summary>
/// Forbids that expressions of a workflow's body become generated steps: one that engines cannot compute themselves is an error instead.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class NativeAttribute : Attribute;
