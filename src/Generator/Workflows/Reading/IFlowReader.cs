using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>What expressions ask of those who read the workflow around them.</summary>
internal interface IFlowReader
{
    /// <summary>The value of an awaited call inside an expression; the call itself goes into the prelude. <see langword="null"/> when it has been reported.</summary>
    IrExpression? Await(IAwaitOperation awaited);

    /// <summary>
    /// What the workflow itself gives (<c>flow.UtcNow</c>, <c>flow.NewGuid()</c>, <c>flow.RunId</c>, an element of the tuple of
    /// <c>flow.Parallel</c>), or <see langword="false"/> when the operation is none of these.
    /// </summary>
    bool TryValue(IOperation operation, out IrExpression? value);

    /// <summary>The failure of a <c>throw</c>, also of one inside an expression. <see langword="null"/> when it has been reported.</summary>
    IrThrow? Throw(IThrowOperation thrown);
}
