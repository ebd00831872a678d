using Portable.Generator.Helpers;

namespace Portable.Generator.Workflows.Ir;

/// <summary>
/// A workflow's body between C# and the engines' languages: structured, typed where engines differ, and free of anything that
/// only one engine knows. Transformations map IR to IR; emitters only print.
/// </summary>
internal abstract record IrNode;

/// <summary>Statements in order.</summary>
internal sealed record IrBlock(EquatableArray<IrStatement> Statements) : IrNode;

/// <summary>Where a statement comes from, for comments in the output: its text on one line, so that moving it in the file changes nothing.</summary>
internal readonly record struct IrSource(string Text)
{
    /// <summary>For statements that a transformation made.</summary>
    public static IrSource None => new("");
}

/// <summary>A statement.</summary>
internal abstract record IrStatement(IrSource Source) : IrNode;

/// <summary>Runs a step and keeps its result in a variable, if one is named.</summary>
/// <param name="Label">A name for the engine's state, stable and unique in the workflow: the step's name, numbered when it recurs.</param>
/// <param name="Step">The step; see <c>WorkflowModel.Steps</c>.</param>
/// <param name="Input">The payload; <see langword="null"/> for none.</param>
/// <param name="Result">The variable of the result; <see langword="null"/> when the result is not used.</param>
internal sealed record IrStep(string Label, string Step, IrExpression? Input, string? Result, IrSource Source) : IrStatement(Source);

/// <summary>Gives a variable a value. Names are unique in the workflow.</summary>
internal sealed record IrAssign(string Variable, IrExpression Value, IrSource Source) : IrStatement(Source);

internal sealed record IrIf(IrExpression Condition, IrBlock Then, IrBlock? Else, IrSource Source) : IrStatement(Source);

internal sealed record IrReturn(IrExpression? Value, IrSource Source) : IrStatement(Source);

/// <summary>Runs a block; when a step in it fails for good, the failure goes to a variable and the handler runs.</summary>
internal sealed record IrTry(IrBlock Body, string Failure, IrBlock Handler, IrSource Source) : IrStatement(Source);

/// <summary>What a value is, as far as engines differ in handling it.</summary>
internal enum IrKind
{
    Boolean,
    Integer,
    Text,

    /// <summary>Anything that is only passed on or whose members are read: records, lists, dates, decimals.</summary>
    Object,
    Null,
}

internal abstract record IrExpression(IrKind Kind) : IrNode;

/// <summary>A literal: invariant text of an integer, <c>true</c>/<c>false</c>, the text itself, or nothing for null.</summary>
internal sealed record IrLiteral(IrKind Kind, string Text) : IrExpression(Kind);

internal sealed record IrVariable(string Name, IrKind Kind) : IrExpression(Kind);

/// <summary>
/// The name of a member in C# and in JSON. The JSON name depends on the naming policy of the user's <c>JsonSerializerContext</c>,
/// which the pipeline combines later; <see cref="JsonNames"/> fills it in.
/// </summary>
/// <param name="Member">The C# name.</param>
/// <param name="Json">The name in JSON: from <c>[JsonPropertyName]</c>, or <see langword="null"/> until it is known.</param>
internal readonly record struct IrName(string Member, string? Json)
{
    /// <summary>The name to print.</summary>
    public string Wire => Json ?? Member;
}

/// <summary>A member of an object.</summary>
/// <param name="Default">What the member reads as when the JSON lacks it; <see langword="null"/> when it never does.</param>
/// <param name="MayBeNull">Whether the value may be null.</param>
internal sealed record IrMember(IrExpression Target, IrName Name, IrKind Kind, IrLiteral? Default, bool MayBeNull) : IrExpression(Kind)
{
    public bool MayBeMissing => Default is not null;
}

internal enum IrFailureField
{
    Code,
    Message,
    Data,
}

/// <summary>A part of a caught failure.</summary>
internal sealed record IrFailurePart(string Variable, IrFailureField Part) : IrExpression(IrKind.Text);

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

/// <summary>
/// A comparison of two values of the same kind, or a lazy <c>and</c>/<c>or</c>. Ordering is of integers that are not null: the
/// reader adds the null checks that C#'s lifted operators imply.
/// </summary>
internal sealed record IrBinary(IrOperator Operator, IrExpression Left, IrExpression Right) : IrExpression(IrKind.Boolean);

internal sealed record IrNot(IrExpression Operand) : IrExpression(IrKind.Boolean);

/// <summary>Whether a value is null or missing.</summary>
internal sealed record IrIsNull(IrExpression Operand) : IrExpression(IrKind.Boolean);

/// <summary>A constructed object, members in order.</summary>
internal sealed record IrObject(EquatableArray<IrField> Fields) : IrExpression(IrKind.Object);

internal sealed record IrField(IrName Name, IrExpression Value) : IrNode;
