using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Asl;

/// <summary>A rule of a Choice.</summary>
/// <param name="Condition">The condition in JSONata.</param>
/// <param name="Test">What it asks.</param>
/// <param name="Edge">Where control goes when it holds.</param>
/// <param name="Comment">The line of the source that asks it; empty when the state's own comment says so.</param>
internal sealed record AslRule(string Condition, IrExpression Test, AslEdge Edge, string Comment);
