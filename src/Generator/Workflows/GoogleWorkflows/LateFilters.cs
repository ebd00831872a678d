using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.GoogleWorkflows;

/// <summary>A handler here takes every failure: a filter becomes its first statement, which raises a failure again that is not meant.</summary>
internal sealed class LateFilters : IrRewriter
{
    public static IrBlock Apply(IrBlock body) => new LateFilters().Block(body);

    protected override IEnumerable<IrStatement> Statement(IrStatement statement) => base.Statement(statement).Select(static part =>
    {
        if (part is not IrTry { Filter: { } filter } attempt)
        {
            return part;
        }

        var again = new IrThrow(new IrVariable(attempt.Failure, IrKind.Object), IrSource.None);
        var refuses = new IrIf(IrNegation.Of(filter), new IrBlock(new IrStatement[] { again }.ToEquatableArray()), null, IrSource.None);
        return attempt with { Filter = null, Handler = new IrBlock(attempt.Handler.Statements.Prepend(refuses).ToEquatableArray()) };
    });
}
