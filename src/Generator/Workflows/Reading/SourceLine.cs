using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>The text of a statement as it goes into the output's comments: one line, without what is nested in it.</summary>
internal static class SourceLine
{
    private const int Longest = 120;

    public static IrSource Of(IOperation operation) => new(OneLine(operation.Syntax switch
    {
        IfStatementSyntax branch => $"if ({branch.Condition})",
        WhileStatementSyntax loop => $"while ({loop.Condition})",
        DoStatementSyntax loop => $"do while ({loop.Condition})",
        ForStatementSyntax loop => $"for ({loop.Declaration}{string.Join(", ", loop.Initializers)}; {loop.Condition}; {string.Join(", ", loop.Incrementors)})",
        ForEachStatementSyntax loop => $"foreach ({loop.Type} {loop.Identifier} in {loop.Expression})",
        SwitchStatementSyntax choice => $"switch ({choice.Expression})",
        TryStatementSyntax => "try",
        var syntax => syntax.ToString(),
    }));

    private static string OneLine(string text)
    {
        var line = string.Join(" ", text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(static part => part.Trim()));
        return line.Length <= Longest ? line : line.Substring(0, Longest - 3) + "...";
    }
}
