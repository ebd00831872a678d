using Portable.Generator.Helpers;

namespace Portable.Generator.Workflows.Ir;

/// <summary>
/// A workflow's body between C# and the engines' languages: structured, typed where engines differ, and free of anything that
/// only one engine knows. Transformations map IR to IR; emitters only print.
/// </summary>
internal abstract record IrNode;

/// <summary>Statements in order.</summary>
internal sealed record IrBlock(EquatableArray<IrStatement> Statements) : IrNode;

/// <summary>A statement, with the line of its C# source for comments in the output.</summary>
internal abstract record IrStatement(int Line) : IrNode;

/// <summary>Runs a step and keeps its result in a variable, if one is named.</summary>
/// <param name="Label">A name for the engine's state, stable and unique in the workflow: the step's name, numbered when it recurs.</param>
internal sealed record IrStep(string Label, string Step, IrExpression? Input, string? Result, int Line) : IrStatement(Line);

/// <summary>Gives a variable a value. Names are unique in the workflow.</summary>
internal sealed record IrAssign(string Variable, IrExpression Value, int Line) : IrStatement(Line);

internal sealed record IrIf(IrExpression Condition, IrBlock Then, IrBlock? Else, int Line) : IrStatement(Line);

internal sealed record IrReturn(IrExpression? Value, int Line) : IrStatement(Line);

/// <summary>Runs a block; when a step in it fails for good, the failure goes to a variable and the handler runs.</summary>
internal sealed record IrTry(IrBlock Body, string? Failure, IrBlock Handler, int Line) : IrStatement(Line);

/// <summary>What a value is, as far as engines differ in handling it.</summary>
internal enum IrKind
{
    Boolean,
    Integer,
    Text,
    Object,
    Null,
}

internal abstract record IrExpression(IrKind Kind) : IrNode;

/// <summary>A literal: invariant text of an integer, <c>true</c>/<c>false</c>, the text itself, or nothing for null.</summary>
internal sealed record IrLiteral(IrKind Kind, string Text) : IrExpression(Kind);

internal sealed record IrVariable(string Name, IrKind Kind) : IrExpression(Kind);

/// <summary>A member of an object by its JSON name.</summary>
/// <param name="MayBeMissing">Whether the JSON may lack the member, which reads as null.</param>
internal sealed record IrMember(IrExpression Target, string JsonName, IrKind Kind, bool MayBeMissing) : IrExpression(Kind);

/// <summary>A part of a caught failure: <c>code</c>, <c>message</c> or <c>data</c>.</summary>
internal sealed record IrFailurePart(string Variable, string Part) : IrExpression(IrKind.Text);

internal enum IrOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,
}

internal sealed record IrBinary(IrOperator Operator, IrExpression Left, IrExpression Right) : IrExpression(IrKind.Boolean);

internal sealed record IrNot(IrExpression Operand) : IrExpression(IrKind.Boolean);

/// <summary>Whether a value is null or missing.</summary>
internal sealed record IrIsNull(IrExpression Operand) : IrExpression(IrKind.Boolean);

/// <summary>A constructed object, members in order.</summary>
internal sealed record IrObject(EquatableArray<IrField> Fields) : IrExpression(IrKind.Object);

internal sealed record IrField(string JsonName, IrExpression Value) : IrNode;
