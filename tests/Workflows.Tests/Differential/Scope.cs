namespace Portable.Workflows.Tests.Differential;

/// <summary>A variable, or a name that is known not to be null here.</summary>
/// <param name="Lambda">How many lambdas deep it was declared: a lambda assigns no variable around it.</param>
internal sealed record Variable(string Name, Ty Type, bool IsAssignable, int Lambda);

/// <summary>What statements and expressions may use at a place.</summary>
internal sealed class Scope
{
    private readonly List<Variable> _variables = [];

    /// <summary>Caught failures.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>Caught failures whose messages are the same everywhere: no wait for an event can have failed so.</summary>
    public List<string> Messages { get; } = [];

    public Ty Returns { get; init; } = Ty.Report;

    public int Lambda { get; private init; }

    /// <summary>How many nested Parallel and Map statements are around.</summary>
    public int Fork { get; private init; }

    /// <summary>
    /// Whether a failure stops something beside this place. How long a Parallel or Map that has failed waits for its other branches is the
    /// engine's affair (Step Functions: not at all; Google Workflows: until their calls have returned); what is beside it would show that.
    /// </summary>
    public bool IsStopped { get; private init; }

    /// <summary>Whether nothing here may fail, so that the fork around it always ends with its last branch.</summary>
    public bool IsReliable { get; private init; }

    /// <summary>Whether the run may go on after a failure here.</summary>
    public bool IsGuarded { get; init; }

    public int Depth { get; private init; }

    /// <summary>Whether <c>break</c> leaves a loop here.</summary>
    public bool MayBreak { get; private init; }

    public bool MayContinue { get; private init; }

    public bool MayReturn { get; private init; } = true;

    /// <summary>The caught failure that <c>throw;</c> would throw again.</summary>
    public bool MayRethrow { get; private init; }

    public IEnumerable<Variable> Variables => _variables;

    public void Declare(string name, Ty type, bool assignable = false) => _variables.Add(new Variable(name, type, assignable, Lambda));

    /// <summary>A block in this place.</summary>
    public Scope Nest(bool? mayBreak = null, bool? mayContinue = null, bool? mayReturn = null, bool? mayRethrow = null, bool isGuarded = false)
    {
        var inner = new Scope
        {
            Returns = Returns,
            IsReliable = IsReliable,
            IsGuarded = IsGuarded || isGuarded,
            Lambda = Lambda,
            Fork = Fork,
            IsStopped = IsStopped,
            Depth = Depth + 1,
            MayBreak = mayBreak ?? MayBreak,
            MayContinue = mayContinue ?? MayContinue,
            MayReturn = mayReturn ?? MayReturn,
            MayRethrow = mayRethrow ?? MayRethrow,
        };
        inner._variables.AddRange(_variables);
        inner.Failures.AddRange(Failures);
        inner.Messages.AddRange(Messages);
        return inner;
    }

    /// <summary>A lambda in this place.</summary>
    /// <param name="returns">What it returns.</param>
    /// <param name="stops">Whether its failure stops what is beside it.</param>
    /// <param name="isGuarded">Whether its failure is kept, and the run goes on.</param>
    /// <param name="isReliable">Whether it must not fail.</param>
    public Scope Body(Ty returns, bool stops, bool isGuarded = false, bool isReliable = false)
    {
        var inner = new Scope
        {
            Returns = returns,
            Lambda = Lambda + 1,
            Fork = Fork + 1,
            IsStopped = IsStopped || stops,
            IsReliable = IsReliable || isReliable,
            IsGuarded = IsGuarded || isGuarded,
            Depth = Depth + 1,
        };
        inner._variables.AddRange(_variables);
        inner.Failures.AddRange(Failures);
        inner.Messages.AddRange(Messages);
        return inner;
    }
}
