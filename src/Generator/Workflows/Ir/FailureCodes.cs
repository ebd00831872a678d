namespace Portable.Generator.Workflows.Ir;

/// <summary>The error codes that handlers ask for by name, where that is all that their filters ask.</summary>
internal static class FailureCodes
{
    /// <summary>The codes that a filter lets through; <see langword="null"/> when it is absent or asks for something else.</summary>
    public static IReadOnlyList<string>? Of(IrTry attempt) => attempt.Filter is { } filter ? Of(filter, attempt.Failure)?.ToList() : null;

    /// <summary>The codes that a filter refuses, where it lets all others through; <see langword="null"/> when it asks for something else.</summary>
    public static IReadOnlyList<string>? Refused(IrTry attempt) => attempt.Filter is { } filter ? Refused(filter, attempt.Failure)?.ToList() : null;

    private static IEnumerable<string>? Refused(IrExpression filter, string failure) => filter switch
    {
        IrNot not => Of(not.Operand, failure),
        IrBinary { Operator: IrOperator.NotEqual } other => Of(other with { Operator = IrOperator.Equal }, failure),
        IrBinary { Operator: IrOperator.And } both when Refused(both.Left, failure) is { } left && Refused(both.Right, failure) is { } right => left.Concat(right).Distinct(),
        _ => null,
    };

    /// <summary>Every code that a handler in the block asks for.</summary>
    public static IEnumerable<string> In(IrBlock? block) =>
        IrWalk.All(block).OfType<IrTry>().SelectMany(static attempt => Of(attempt) ?? []).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string>? Of(IrExpression filter, string failure) => filter switch
    {
        IrBinary { Operator: IrOperator.Or } either when Of(either.Left, failure) is { } left && Of(either.Right, failure) is { } right => left.Concat(right).Distinct(),
        IrBinary { Operator: IrOperator.Equal, Left: IrFailurePart { Part: IrFailureField.Code } part, Right: IrLiteral { Kind: IrKind.Text } code } when part.Variable == failure && IsCode(code.Text) => [code.Text],
        IrBinary { Operator: IrOperator.Equal, Right: IrFailurePart { Part: IrFailureField.Code } part, Left: IrLiteral { Kind: IrKind.Text } code } when part.Variable == failure && IsCode(code.Text) => [code.Text],
        _ => null,
    };

    // Names of Step Functions' own, which have dots, may stand for other codes.
    private static bool IsCode(string code) => code.Length > 0 && !code.Contains(".");
}
