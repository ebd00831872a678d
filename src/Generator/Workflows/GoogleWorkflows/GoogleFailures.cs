using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.GoogleWorkflows;

/// <summary>
/// Which failures a handler can meet. Ours are maps with a text as their code; a defect says so, and what else the engine raises, such as a
/// KeyError, has no code or that of HTTP. Handlers are for ours alone.
/// </summary>
internal sealed class GoogleFailures(WorkflowModel model)
{
    /// <summary>The member that marks a defect.</summary>
    public const string Defect = IrTry.DefectMember;

    private readonly HashSet<string> _lifted = new(model.Steps.Where(static step => step.Lifted is not null).Select(static step => step.Name), StringComparer.Ordinal);

    /// <summary>The condition that a failure is no handler's business.</summary>
    public static string IsForeign(string failure) => $"get_type(map.get({failure}, \"code\")) != \"string\" or {IsDefect(failure)}";

    public static string IsDefect(string failure) => $"map.get({failure}, \"{Defect}\") == true";

    /// <summary>Whether a failure in one branch or item stops the others; a defect always does.</summary>
    public static bool StopsOnFailure(IrStatement fork) => fork is IrParallel { Settles: false } or IrMap { Settles: false, Collects: false };

    /// <summary>Whether a block can raise a defect.</summary>
    public bool MayBeDefect(IrBlock body) => IrWalk.All(body).Any(statement => statement is IrThrow { IsDefect: true } || (statement is IrStep step && _lifted.Contains(step.Step)));

    /// <summary>Whether a block can raise anything that no handler may see.</summary>
    public bool MayBeForeign(IrBlock body) => MayBeDefect(body) || IrWalk.All(body).SelectMany(IrWalk.Expressions).Any(MayRaise);

    // What raises when a value is null that C# says is not. A member that may be missing is looked up with map.get, which never raises.
    private static bool MayRaise(IrExpression expression) => expression switch
    {
        IrMember { MayBeMissing: true, Default.Kind: IrKind.Null } member => MayRaise(member.Target),
        IrMember or IrElement or IrArithmetic or IrConcat or IrCount or IrContains or IrJoin or IrMerge or GoogleMerge => true,
        IrBinary { Operator: IrOperator.Less or IrOperator.LessOrEqual or IrOperator.Greater or IrOperator.GreaterOrEqual } => true,
        _ => IrWalk.Parts(expression).Any(MayRaise),
    };
}
