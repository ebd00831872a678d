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
/// <param name="Key">The idempotency key that travels with every call; <see langword="null"/> for a step without one.</param>
internal sealed record IrStep(string Label, string Step, IrExpression? Input, string? Result, IrSource Source, IrExpression? Key = null) : IrStatement(Source);

/// <summary>Gives a variable a value. Names are unique in the workflow; a variable may be assigned again.</summary>
internal sealed record IrAssign(string Variable, IrExpression Value, IrSource Source) : IrStatement(Source);

internal sealed record IrIf(IrExpression Condition, IrBlock Then, IrBlock? Else, IrSource Source) : IrStatement(Source);

internal sealed record IrReturn(IrExpression? Value, IrSource Source) : IrStatement(Source);

/// <summary>
/// Runs a block; when a step in it fails for good, or it throws, and the filter holds, the failure goes to a variable and the handler
/// runs. A failure that the filter refuses goes on outwards. A defect (<see cref="IrThrow.IsDefect"/>) is never caught.
/// </summary>
/// <param name="Filter">A condition over the failure; <see langword="null"/> catches every failure.</param>
/// <param name="TakesDefects">
/// Whether defects come to the handler too, with the member <see cref="DefectMember"/> that is true: for <c>finally</c>, which runs after every
/// failure and throws it again.
/// </param>
internal sealed record IrTry(IrBlock Body, string Failure, IrBlock Handler, IrSource Source, IrExpression? Filter = null, bool TakesDefects = false) : IrStatement(Source)
{
    /// <summary>The member of a failure that marks a defect.</summary>
    public const string DefectMember = "defect";
}

/// <summary>Repeats a block while a condition holds. <c>continue</c> goes to <paramref name="Advance"/> and then to the condition.</summary>
/// <param name="Condition">Tested before each round; <see langword="null"/> for a loop that only a jump leaves.</param>
/// <param name="TestsAfter">Whether the first round runs untested, as in <c>do</c>.</param>
/// <param name="Advance">What runs after each round, as the third part of <c>for</c>; may be empty.</param>
internal sealed record IrLoop(IrExpression? Condition, bool TestsAfter, IrBlock Body, IrBlock Advance, IrSource Source) : IrStatement(Source);

/// <summary>Runs a block for every element of a list, one after the other. The list is evaluated once.</summary>
internal sealed record IrForEach(string Item, IrExpression Items, IrBlock Body, IrSource Source) : IrStatement(Source);

/// <summary>Leaves the innermost loop.</summary>
internal sealed record IrBreak(IrSource Source) : IrStatement(Source);

/// <summary>Goes on with the next round of the innermost loop.</summary>
internal sealed record IrContinue(IrSource Source) : IrStatement(Source);

/// <summary>A block that <see cref="IrLeave"/> can leave: what a <c>switch</c> with jumps and a <c>finally</c> become.</summary>
internal sealed record IrScope(string Name, IrBlock Body, IrSource Source) : IrStatement(Source);

/// <summary>Goes to the end of the enclosing scope of that name.</summary>
internal sealed record IrLeave(string Name, IrSource Source) : IrStatement(Source);

/// <summary>Fails with a failure object <c>{code, message, data}</c>: a made one, or one that was caught.</summary>
/// <param name="Failure">The failure.</param>
/// <param name="IsDefect">Whether this is a programming error, such as an index out of range: it fails the run and no handler sees it.</param>
internal sealed record IrThrow(IrExpression Failure, IrSource Source, bool IsDefect = false) : IrStatement(Source);

/// <summary>
/// Runs branches side by side. The first failure fails the statement, and the other branches stop before their next step or wait.
/// A branch reads the variables around it and assigns none of them; it returns by <see cref="IrReturn"/>.
/// </summary>
/// <param name="Settles">Whether branches run to their end even if another has failed; the failure of the first one in order counts.</param>
internal sealed record IrParallel(string Label, EquatableArray<IrBranch> Branches, IrSource Source, bool Settles = false) : IrStatement(Source);

/// <summary>A branch.</summary>
/// <param name="Name">Its name, unique in the workflow.</param>
/// <param name="Result">The variable around the statement that gets the branch's value; <see langword="null"/> when it is not used.</param>
internal sealed record IrBranch(string Name, IrBlock Body, string? Result) : IrNode;

/// <summary>Runs a block for every element of a list, some at a time; results keep the order of the elements.</summary>
/// <param name="Item">The variable of the element, within the body.</param>
/// <param name="Body">As a branch's: it returns by <see cref="IrReturn"/>.</param>
/// <param name="MaxConcurrency">How many run at a time, 1 to 20.</param>
/// <param name="Collects">
/// Whether a failed element fails nothing: results are then <c>{value, failure}</c>, one of them null, and no element is stopped.
/// </param>
/// <param name="Result">The variable that gets the list of results; <see langword="null"/> when it is not used.</param>
/// <param name="Settles">As for <see cref="IrParallel"/>.</param>
internal sealed record IrMap(
    string Label, IrExpression Items, string Item, IrBlock Body, int MaxConcurrency, bool Collects, string? Result, IrSource Source, bool Settles = false) : IrStatement(Source);

/// <summary>Waits for a number of seconds, or until a time (an RFC 3339 text). Exactly one of the two is given; one in the past does not wait.</summary>
internal sealed record IrWait(string Label, IrExpression? Seconds, IrExpression? Until, IrSource Source) : IrStatement(Source);

/// <summary>Waits for an event from outside; fails with the code <c>Timeout</c> when none comes in time.</summary>
/// <param name="Name">The name of the event.</param>
/// <param name="TimeoutSeconds">How long it waits.</param>
internal sealed record IrEvent(string Label, string Name, IrExpression TimeoutSeconds, string? Result, IrSource Source) : IrStatement(Source);

/// <summary>Runs another workflow and waits for its result; its failure is this statement's failure.</summary>
/// <param name="Workflow">The name of the other workflow.</param>
internal sealed record IrChild(string Label, string Workflow, IrExpression? Input, string? Result, IrSource Source) : IrStatement(Source);

/// <summary>Publishes an event.</summary>
/// <param name="Type">The event's type, such as <c>com.acme.order.placed</c>.</param>
internal sealed record IrPublish(string Label, string Type, int Version, IrExpression Payload, IrSource Source) : IrStatement(Source);

/// <summary>Takes a value from the engine: the time (RFC 3339 text) or a new identifier.</summary>
internal sealed record IrTake(IrTaken What, string Result, IrSource Source) : IrStatement(Source);

internal enum IrTaken
{
    UtcNow,
    NewGuid,
}

/// <summary>Undoes the completed steps of the current scope, the last one first. <see cref="Sagas"/> turns it into other statements; emitters never see it.</summary>
internal sealed record IrCompensate(IrSource Source) : IrStatement(Source);

/// <summary>What a value is, as far as engines differ in handling it.</summary>
internal enum IrKind
{
    Boolean,
    Integer,
    Text,

    /// <summary>Anything that is only passed on or whose members are read: records, dates, decimals.</summary>
    Object,

    /// <summary>A list.</summary>
    List,
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

/// <summary>The identifier of the run, as a text: what <c>flow.RunId</c> reads. It costs nothing, so it is an expression and no <see cref="IrTake"/>.</summary>
internal sealed record IrRunId() : IrExpression(IrKind.Text);

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

/// <summary>Arithmetic on integers that every engine does exactly.</summary>
internal enum IrArithmeticOperator
{
    Add,
    Subtract,
    Multiply,

    /// <summary>With the sign of the left side, by a divisor that is not zero.</summary>
    Remainder,

    /// <summary>Towards zero, by a positive literal.</summary>
    Divide,
}

/// <summary>Integer arithmetic whose exact result lies within +/-2^53.</summary>
/// <param name="Wraps">
/// Whether the result may leave the range of <c>int</c>, where C# goes on at the other end: a sum or difference at most once round, so that
/// adding or subtracting 2^32 brings it back; a product often, but it stays within +/-2^52.
/// </param>
internal sealed record IrArithmetic(IrArithmeticOperator Operator, IrExpression Left, IrExpression Right, bool Wraps) : IrExpression(IrKind.Integer);

/// <summary>Texts and integers joined to a text. No part is null.</summary>
internal sealed record IrConcat(EquatableArray<IrExpression> Parts) : IrExpression(IrKind.Text);

/// <summary><c>?:</c>, lazy.</summary>
internal sealed record IrConditional(IrExpression Condition, IrExpression Then, IrExpression Else, IrKind Kind) : IrExpression(Kind);

/// <summary><c>??</c>, lazy: the left side unless it is null or missing.</summary>
internal sealed record IrCoalesce(IrExpression Left, IrExpression Right, IrKind Kind) : IrExpression(Kind);

/// <summary>The number of elements of a list that is not null.</summary>
internal sealed record IrCount(IrExpression List) : IrExpression(IrKind.Integer);

/// <summary>An element of a list; the index is within it.</summary>
internal sealed record IrElement(IrExpression List, IrExpression Index, IrKind Kind) : IrExpression(Kind);

/// <summary>Whether a list of texts or integers contains a value.</summary>
internal sealed record IrContains(IrExpression List, IrExpression Value) : IrExpression(IrKind.Boolean);

/// <summary>A constructed list.</summary>
internal sealed record IrList(EquatableArray<IrExpression> Items) : IrExpression(IrKind.List);

/// <summary>Two lists joined.</summary>
internal sealed record IrJoin(IrExpression First, IrExpression Second) : IrExpression(IrKind.List);

/// <summary>A copy of an object with some members replaced: <c>with</c>.</summary>
internal sealed record IrMerge(IrExpression Target, EquatableArray<IrField> Fields) : IrExpression(IrKind.Object);

/// <summary>An expression that only one engine knows, which that engine's own transformations make.</summary>
internal abstract record IrEngineExpression(IrKind Kind) : IrExpression(Kind)
{
    /// <summary>The expressions directly in it.</summary>
    public abstract IEnumerable<IrExpression> Parts { get; }

    /// <summary>The same with other parts, as a transformation makes them.</summary>
    public virtual IrEngineExpression With(Func<IrExpression, IrExpression> part) => this;
}
