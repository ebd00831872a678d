using System.Text;
using Portable.Generator.Workflows.Ir;

namespace Portable.Workflows.Tests.Harness;

/// <summary>Prints IR as pseudo code: what tests of the reader and of transformations compare.</summary>
internal static class IrPrinter
{
    public static string Print(IrBlock? block)
    {
        var text = new StringBuilder();
        Block(text, block ?? throw new InvalidOperationException("The body was not read."), 0);
        return text.ToString().TrimEnd('\n');
    }

    private static void Block(StringBuilder text, IrBlock block, int depth)
    {
        foreach (var statement in block.Statements)
        {
            Statement(text, statement, depth);
        }
    }

    private static void Statement(StringBuilder text, IrStatement statement, int depth)
    {
        void Line(string line) => text.Append(' ', depth * 2).Append(line).Append('\n');
        void Nested(IrBlock block) => Block(text, block, depth + 1);

        switch (statement)
        {
            case IrStep step:
                Line($"{step.Label}: {To(step.Result)}step {step.Step}({Show(step.Input)}){(step.Key is null ? "" : $" key {Show(step.Key)}")}");
                break;
            case IrAssign assign:
                Line($"{assign.Variable} = {Show(assign.Value)}");
                break;
            case IrIf branch:
                Line($"if {Show(branch.Condition)}");
                Nested(branch.Then);
                if (branch.Else is { } otherwise)
                {
                    Line("else");
                    Nested(otherwise);
                }

                break;
            case IrReturn back:
                Line($"return {Show(back.Value)}".TrimEnd());
                break;
            case IrTry attempt:
                Line("try");
                Nested(attempt.Body);
                Line($"catch {attempt.Failure}{(attempt.Filter is null ? "" : $" when {Show(attempt.Filter)}")}");
                Nested(attempt.Handler);
                break;
            case IrLoop loop:
                Line($"loop {(loop.TestsAfter ? "until after " : "")}{(loop.Condition is null ? "" : Show(loop.Condition))}".TrimEnd());
                Nested(loop.Body);
                if (loop.Advance.Statements.Count > 0)
                {
                    Line("advance");
                    Nested(loop.Advance);
                }

                break;
            case IrForEach loop:
                Line($"foreach {loop.Item} in {Show(loop.Items)}");
                Nested(loop.Body);
                break;
            case IrBreak:
                Line("break");
                break;
            case IrContinue:
                Line("continue");
                break;
            case IrScope scope:
                Line($"scope {scope.Name}");
                Nested(scope.Body);
                break;
            case IrLeave leave:
                Line($"leave {leave.Name}");
                break;
            case IrThrow thrown:
                Line($"{(thrown.IsDefect ? "defect" : "throw")} {Show(thrown.Failure)}");
                break;
            case IrParallel parallel:
                Line($"{parallel.Label}: parallel{(parallel.Settles ? " settles" : "")}");
                foreach (var branch in parallel.Branches)
                {
                    text.Append(' ', (depth + 1) * 2).Append($"{branch.Name}:{(branch.Result is null ? "" : $" {branch.Result} =")}").Append('\n');
                    Block(text, branch.Body, depth + 2);
                }

                break;
            case IrMap map:
                Line($"{map.Label}: {To(map.Result)}{(map.Collects ? "try " : "")}map {map.Item} in {Show(map.Items)} by {map.MaxConcurrency}{(map.Settles ? " settles" : "")}");
                Nested(map.Body);
                break;
            case IrWait wait:
                Line($"{wait.Label}: wait {(wait.Seconds is null ? "until " + Show(wait.Until) : Show(wait.Seconds))}");
                break;
            case IrEvent wait:
                Line($"{wait.Label}: {To(wait.Result)}event \"{wait.Name}\" within {Show(wait.TimeoutSeconds)}");
                break;
            case IrChild child:
                Line($"{child.Label}: {To(child.Result)}child \"{child.Workflow}\"({Show(child.Input)})");
                break;
            case IrPublish publish:
                Line($"{publish.Label}: publish \"{publish.Type}\" {publish.Version} {Show(publish.Payload)}");
                break;
            case IrTake take:
                Line($"{take.Result} = take {take.What}");
                break;
            case IrCompensate:
                Line("compensate");
                break;
            default:
                throw new NotSupportedException(statement.GetType().Name);
        }
    }

    private static string To(string? result) => result is null ? "" : $"{result} = ";

    /// <summary>An expression as pseudo code.</summary>
    public static string Show(IrExpression? expression) => expression switch
    {
        null => "",
        IrLiteral { Kind: IrKind.Text } literal => $"\"{literal.Text}\"",
        IrLiteral { Kind: IrKind.Null } => "null",
        IrLiteral literal => literal.Text,
        IrVariable variable => variable.Name,
        IrRunId => "runId",
        IrMember member => $"{Show(member.Target)}.{member.Name.Member}",
        IrFailurePart part => $"{part.Variable}.{part.Part}",
        IrBinary binary => $"({Show(binary.Left)} {Operator(binary.Operator)} {Show(binary.Right)})",
        IrNot not => $"!{Show(not.Operand)}",
        IrIsNull check => $"({Show(check.Operand)} is null)",
        IrObject made => $"{{{string.Join(", ", made.Fields.Select(Field))}}}",
        IrArithmetic sum => $"({Show(sum.Left)} {(sum.Wraps ? "wrapping " : "")}{Operator(sum.Operator)} {Show(sum.Right)})",
        IrConcat concat => $"concat({string.Join(", ", concat.Parts.Select(Show))})",
        IrConditional choice => $"({Show(choice.Condition)} ? {Show(choice.Then)} : {Show(choice.Else)})",
        IrCoalesce either => $"({Show(either.Left)} ?? {Show(either.Right)})",
        IrCount count => $"count({Show(count.List)})",
        IrElement element => $"{Show(element.List)}[{Show(element.Index)}]",
        IrContains contains => $"contains({Show(contains.List)}, {Show(contains.Value)})",
        IrList list => $"[{string.Join(", ", list.Items.Select(Show))}]",
        IrJoin join => $"({Show(join.First)} ++ {Show(join.Second)})",
        IrMerge merge => $"({Show(merge.Target)} with {{{string.Join(", ", merge.Fields.Select(Field))}}})",
        _ => throw new NotSupportedException(expression.GetType().Name),
    };

    private static string Field(IrField field) => $"{field.Name.Member}: {Show(field.Value)}";

    private static string Operator(IrOperator op) => op switch
    {
        IrOperator.Equal => "==",
        IrOperator.NotEqual => "!=",
        IrOperator.Less => "<",
        IrOperator.LessOrEqual => "<=",
        IrOperator.Greater => ">",
        IrOperator.GreaterOrEqual => ">=",
        IrOperator.And => "&&",
        _ => "||",
    };

    private static string Operator(IrArithmeticOperator op) => op switch
    {
        IrArithmeticOperator.Add => "+",
        IrArithmeticOperator.Subtract => "-",
        IrArithmeticOperator.Multiply => "*",
        IrArithmeticOperator.Divide => "/",
        _ => "%",
    };
}
