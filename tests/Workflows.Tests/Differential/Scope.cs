namespace Portable.Workflows.Tests.Differential;

/// <summary>A variable, or a name that is known not to be null here.</summary>
/// <param name="Lambda">How many lambdas deep it was declared: a lambda assigns no variable around it.</param>
/// <param name="Function">How many functions deep it was declared.</param>
internal sealed record Variable(string Name, Ty Type, bool IsAssignable, int Lambda, int Function);

/// <summary>A function of the workflow's own, and the places that may call it.</summary>
/// <param name="Result">What it gives; <see langword="null"/> for nothing.</param>
/// <param name="Place">What its body was made for: a place with narrower bounds must not call it.</param>
/// <param name="Before">What stands before the arguments.</param>
internal sealed record Function(string Name, Ty? Result, IReadOnlyList<Ty> Parameters, Scope Place, string Before = "")
{
    /// <summary>Whether it only computes.</summary>
    public bool IsPure { get; init; }

    public bool MayBeCalled(Scope scope) => (!scope.IsReliable || Place.IsReliable)
        && (IsPure || (scope.Fork <= Place.Fork && (!scope.IsStopped || Place.IsStopped) && (!scope.IsGuarded || Place.IsGuarded) && (!Place.Effects.Assigns || scope.Lambda == Place.Lambda)));
}

/// <summary>What a function does to what is around it.</summary>
internal sealed class Effects
{
    public bool Assigns { get; set; }
}

/// <summary>What statements and expressions may use at a place.</summary>
internal sealed class Scope
{
    private readonly List<Variable> _variables = [];

    /// <summary>Caught failures.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>Caught failures whose messages are the same everywhere: no wait for an event can have failed so.</summary>
    public List<string> Messages { get; } = [];

    /// <summary>The local functions that may be called, if the place allows it.</summary>
    public List<Function> Functions { get; } = [];

    /// <summary>The type of what is returned here; <see langword="null"/> for nothing.</summary>
    public Ty? Returns { get; init; } = Ty.Report;

    /// <summary>How many functions are around.</summary>
    public int FunctionDepth { get; private init; }

    public Effects Effects { get; private init; } = new();

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

    public void Declare(string name, Ty type, bool assignable = false) => _variables.Add(new Variable(name, type, assignable, Lambda, FunctionDepth));

    /// <summary>A block in this place.</summary>
    public Scope Nest(bool? mayBreak = null, bool? mayContinue = null, bool? mayReturn = null, bool? mayRethrow = null, bool isGuarded = false)
    {
        var inner = new Scope
        {
            Returns = Returns,
            FunctionDepth = FunctionDepth,
            Effects = Effects,
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
        inner.Functions.AddRange(Functions);
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
            FunctionDepth = FunctionDepth,
            Effects = Effects,
            Lambda = Lambda + 1,
            Fork = Fork + 1,
            IsStopped = IsStopped || stops,
            IsReliable = IsReliable || isReliable,
            IsGuarded = IsGuarded || isGuarded,
            Depth = Depth + 1,
        };
        inner._variables.AddRange(_variables);
        inner.Functions.AddRange(Functions);
        inner.Failures.AddRange(Failures);
        inner.Messages.AddRange(Messages);
        return inner;
    }

    /// <summary>The body of a function that is declared in this place.</summary>
    /// <param name="returns">What it returns.</param>
    /// <param name="isLocal">Whether it sees the variables around it.</param>
    /// <param name="fork">How many nested forks may be around its calls.</param>
    /// <param name="stops">Whether its failure may stop something beside it.</param>
    /// <param name="isReliable">Whether it must not fail.</param>
    public Scope Function(Ty? returns, bool isLocal, int fork, bool stops, bool isReliable)
    {
        var inner = new Scope
        {
            Returns = returns,
            FunctionDepth = FunctionDepth + 1,
            Lambda = Lambda,
            Fork = Math.Max(Fork, fork),
            IsStopped = IsStopped || stops,
            IsReliable = IsReliable || isReliable,
            IsGuarded = true,
            Depth = Depth + 1,
        };
        if (isLocal)
        {
            // What is known of a variable where the function stands need not be known where it is called.
            inner._variables.AddRange(_variables.Where(static variable => variable.Name == "flow.RunId" || !variable.Name.Contains('.')).DistinctBy(static variable => variable.Name));
            inner.Functions.AddRange(Functions);
        }

        return inner;
    }
}
