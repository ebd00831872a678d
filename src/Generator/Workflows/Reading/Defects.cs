using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>Programming errors that fail a run on every engine, with .NET's code and message.</summary>
internal static class Defects
{
    public static IrThrow Of(string exception, string message) => Of(exception, new IrLiteral(IrKind.Text, message));

    public static IrThrow Of(string exception, IrExpression message) => new(
        FailureReader.Failure(new IrLiteral(IrKind.Text, exception), message, new IrLiteral(IrKind.Null, "")),
        IrSource.None,
        IsDefect: true);
}
