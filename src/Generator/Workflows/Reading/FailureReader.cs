using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Discovery;
using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>Reads failures that a workflow throws: new ones, and those it has caught.</summary>
internal sealed class FailureReader(ReadingContext context, ExpressionReader expressions)
{
    public IrThrow? Throw(IThrowOperation thrown)
    {
        var source = SourceLine.Of(thrown);
        switch (thrown.Exception is null ? null : FlowCallReader.WithoutConversions(thrown.Exception))
        {
            case null when context.Function.Failures.Count > 0:
                return new IrThrow(new IrVariable(context.Function.Failures.Peek(), IrKind.Object), source);

            case ILocalReferenceOperation local when context.Find(local.Local) is { IsFailure: true } failure:
                expressions.FailIfForgiven(local, new IrVariable(failure.Name, IrKind.Object));
                return new IrThrow(new IrVariable(failure.Name, IrKind.Object), source);

            case IObjectCreationOperation creation when WorkflowSymbols.Same(creation.Type, context.Symbols.StepFailed):
                return Made(creation) is { } made ? new IrThrow(made, source) : null;

            case var other:
                context.Reject(
                    RuleIdentifiers.ThrownFailure,
                    thrown,
                    other?.Type is { TypeKind: not TypeKind.Error } type
                        ? $"throws {type.Name}, which no engine but .NET knows: throw new StepFailed(\"{CodeOf(type.Name)}\", \"message\")"
                        : "throws something that is no failure: throw new StepFailed(\"Code\", \"message\")");
                return null;
        }
    }

    /// <summary>The member of a failure object that a property of <c>StepFailed</c> reads.</summary>
    public static IrName NameOf(string property) => property switch
    {
        "Code" => new IrName("Code", "code"),
        "Message" => new IrName("Message", "message"),
        _ => new IrName("Data", "data"),
    };

    /// <summary>A failure object: <c>{code, message, data}</c>.</summary>
    public static IrObject Failure(IrExpression code, IrExpression message, IrExpression data) => new(EquatableArray.Create(
        new IrField(new IrName("Code", "code"), code),
        new IrField(new IrName("Message", "message"), message),
        new IrField(new IrName("Data", "data"), data)));

    private IrObject? Made(IObjectCreationOperation creation)
    {
        IrExpression? code = null;
        IrExpression? message = null;
        IrExpression? data = null;
        var mayLackMessage = true;
        foreach (var argument in creation.Arguments)
        {
            switch (argument.Parameter?.Name)
            {
                case "code":
                    code = Code(argument.Value);
                    break;
                case "message":
                    message = expressions.Read(argument.Value);
                    mayLackMessage = !argument.Value.ConstantValue.HasValue && expressions.MayBeNull(argument.Value);
                    break;
                case "data":
                    data = expressions.Read(argument.Value);
                    break;
                case "innerException" when argument.ArgumentKind != ArgumentKind.DefaultValue:
                    context.Reject(RuleIdentifiers.ThrownFailure, argument, "gives a failure an inner exception, which does not leave the process: leave it out, or put what matters into the failure's data");
                    break;
            }
        }

        if (code is null || message is null || data is null)
        {
            context.GiveUp();
            return null;
        }

        message = message is IrLiteral { Kind: IrKind.Null } ? code
            : mayLackMessage ? new IrCoalesce(message, code, IrKind.Text)
            : message;
        return Failure(code, message, data);
    }

    private IrExpression? Code(IOperation value)
    {
        if (value.ConstantValue is { HasValue: true, Value: string text } && !Readings.IsCode(text))
        {
            context.Reject(RuleIdentifiers.ThrownFailure, value, $"fails with the code '{text}': a code is letters, digits and underscores, so that every engine can carry it");
            return null;
        }

        return expressions.Read(value);
    }

    private static string CodeOf(string exception) =>
        exception.Length > 9 && exception.EndsWith("Exception", StringComparison.Ordinal) ? exception.Substring(0, exception.Length - 9) : exception;
}
