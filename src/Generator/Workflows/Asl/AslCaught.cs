using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Asl;

/// <summary>The failure <c>{code, message, data}</c> that a variable with an error output of Step Functions stands for.</summary>
internal sealed record AslCaught(IrVariable Error) : IrEngineExpression(IrKind.Object)
{
    public override IEnumerable<IrExpression> Parts => [Error];
}

/// <summary>A value as JSON text: <c>$string</c>.</summary>
internal sealed record AslText(IrExpression Value) : IrEngineExpression(IrKind.Text)
{
    public override IEnumerable<IrExpression> Parts => [Value];

    public override IrEngineExpression With(Func<IrExpression, IrExpression> part) => new AslText(part(Value));
}
