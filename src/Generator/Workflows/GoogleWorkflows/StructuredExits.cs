using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.GoogleWorkflows;

/// <summary>
/// Rewrites jumps that Google Workflows does not document: out of a <c>try</c>, out of a <c>for</c> to a place behind it, and a
/// return out of a parallel branch. Such a jump notes where it wants to go, leaves the innermost of these blocks at its end, and goes
/// on from there. What remains are a return in the main workflow, break and continue in their own loop, and leaving a scope of the
/// same list of steps or of a list around it. A return within a <c>try</c> stays: Google's page "Catch errors" lists it among what
/// <c>except</c> may contain, and the published schema takes it among the steps of both.
/// </summary>
/// <remarks>
/// In the result a branch's body and a map's body assign their value to a variable instead of returning it: see
/// <see cref="GoogleTargets"/>.
/// </remarks>
internal sealed class StructuredExits(GoogleNames names)
{
    /// <summary>What the names of scopes begin with that come from here.</summary>
    public const string GeneratedScope = "#";

    private int _scopes;

    public static IrBlock Apply(IrBlock body, GoogleNames names) => ExitTidying.Apply(new StructuredExits(names).Lower(body, null));

    private IrBlock Lower(IrBlock block, Frame? frame) => new(block.Statements.SelectMany(statement => Lower(statement, frame)).ToEquatableArray());

    private IEnumerable<IrStatement> Lower(IrStatement statement, Frame? frame) => statement switch
    {
        IrReturn or IrBreak or IrContinue or IrLeave => Jump(statement, frame),
        IrIf branch => [branch with { Then = Lower(branch.Then, frame), Else = branch.Else is null ? null : Lower(branch.Else, frame) }],
        IrScope scope => [scope with { Body = Lower(scope.Body, new Frame(FrameKind.Scope, frame, scope.Name)) }],
        IrLoop loop => Loop(loop, frame),
        IrForEach loop => Bounded(new Frame(FrameKind.For, frame, ""), inner => loop with { Body = InScope(loop.Body, inner) }),
        IrTry attempt => Bounded(new Frame(FrameKind.Try, frame, ""), inner => attempt with { Body = InScope(attempt.Body, inner), Handler = InScope(attempt.Handler, inner) }),
        IrParallel parallel => [parallel with { Branches = parallel.Branches.Select(branch => branch with { Body = Branch(branch.Body, GoogleTargets.Of(branch), false) }).ToEquatableArray() }],
        IrMap map => [map with { Body = Branch(map.Body, GoogleTargets.Of(map), map.Collects) }],
        _ => [statement],
    };

    private IEnumerable<IrStatement> Loop(IrLoop loop, Frame? frame)
    {
        var inner = new Frame(FrameKind.While, frame, "");
        yield return loop with { Body = Lower(loop.Body, inner), Advance = Lower(loop.Advance, inner) };
    }

    /// <summary>The body of a branch: a return gives the target its value and goes to the end.</summary>
    private IrBlock Branch(IrBlock body, string? target, bool collects) =>
        InScope(body, new Frame(FrameKind.Branch, null, "") { Target = target, Collects = collects });

    // A block whose end can be jumped to from within.
    private IrBlock InScope(IrBlock body, Frame frame)
    {
        var name = frame.Scope = $"{GeneratedScope}{++_scopes}";
        var scope = new IrScope(name, Lower(body, new Frame(FrameKind.Scope, frame, name)), IrSource.None);
        IEnumerable<IrStatement> statements = [scope];
        if (frame.Kind == FrameKind.For && frame.Leaves)
        {
            statements = statements.Append(new IrIf(new IrNot(new IrIsNull(new IrVariable(frame.Flag!, IrKind.Text))), One(new IrBreak(IrSource.None)), null, IrSource.None));
        }

        return new IrBlock(statements.ToEquatableArray());
    }

    /// <summary>A statement that some jumps cannot leave directly, with what catches them before and behind it.</summary>
    private IEnumerable<IrStatement> Bounded(Frame frame, Func<Frame, IrStatement> lower)
    {
        var lowered = lower(frame);
        if (frame.Flag is { } flag)
        {
            yield return new IrAssign(flag, new IrLiteral(IrKind.Null, ""), IrSource.None);
        }

        yield return lowered;
        foreach (var (code, jump) in frame.Exits)
        {
            var goes = new IrBinary(IrOperator.Equal, new IrVariable(frame.Flag!, IrKind.Text), new IrLiteral(IrKind.Text, code));
            yield return new IrIf(goes, new IrBlock(Lower(jump, frame.Outer).ToEquatableArray()), null, IrSource.None);
        }
    }

    private IEnumerable<IrStatement> Jump(IrStatement jump, Frame? frame)
    {
        // The innermost frame that the jump cannot cross, before the one that it aims at.
        Frame? hard = null;
        var crossesLoop = false;
        for (var current = frame; current is not null; current = current.Outer)
        {
            if (current.Kind == FrameKind.Branch && jump is IrReturn)
            {
                return Returned((IrReturn)jump, current, frame);
            }

            if (IsTarget(jump, current))
            {
                break;
            }

            if (jump is not IrReturn && current.Kind is (FrameKind.Try or FrameKind.For))
            {
                hard = current;
                break;
            }

            crossesLoop |= current.Kind == FrameKind.While;
        }

        if (hard is null)
        {
            return [jump];
        }

        hard.Flag ??= names.Variable("exit");
        var code = jump is IrLeave leave ? leave.Name : jump is IrBreak ? "break" : "continue";
        if (!hard.Exits.Exists(exit => exit.Code == code))
        {
            hard.Exits.Add((code, jump));
        }

        IrStatement note = new IrAssign(hard.Flag, new IrLiteral(IrKind.Text, code), jump.Source);
        if (hard.Kind == FrameKind.For && !crossesLoop)
        {
            return [note, new IrBreak(IrSource.None)];
        }

        // Behind the scope that holds the body of a for, its flag is asked.
        hard.Leaves = true;
        return [note, new IrLeave(hard.Scope!, IrSource.None)];
    }

    private IEnumerable<IrStatement> Returned(IrReturn back, Frame branch, Frame? frame)
    {
        if (branch.Target is { } target && (back.Value is not null || branch.Collects))
        {
            var value = back.Value ?? new IrLiteral(IrKind.Null, "");
            yield return new IrAssign(target, branch.Collects ? GoogleTargets.Collected(value, null) : value, back.Source);
        }

        foreach (var statement in Jump(new IrLeave(branch.Scope!, back.Source), frame))
        {
            yield return statement;
        }
    }

    private static bool IsTarget(IrStatement jump, Frame frame) => jump switch
    {
        IrBreak or IrContinue => frame.Kind is FrameKind.For or FrameKind.While,
        IrLeave leave => frame.Kind == FrameKind.Scope && frame.Name == leave.Name,
        _ => false,
    };

    private static IrBlock One(IrStatement statement) => new(new[] { statement }.ToEquatableArray());

    private enum FrameKind
    {
        Scope,
        While,
        For,
        Try,
        Branch,
    }

    /// <summary>A statement around the current one.</summary>
    private sealed class Frame(FrameKind kind, Frame? outer, string name)
    {
        public FrameKind Kind { get; } = kind;

        public Frame? Outer { get; } = outer;

        public string Name { get; } = name;

        /// <summary>The variable that says where to go on; <see langword="null"/> while nothing needs it.</summary>
        public string? Flag { get; set; }

        /// <summary>Where jumps that end here want to go.</summary>
        public List<(string Code, IrStatement Jump)> Exits { get; } = [];

        /// <summary>The scope that is the body, to leave it.</summary>
        public string? Scope { get; set; }

        /// <summary>Whether a jump leaves the body of a for by its scope.</summary>
        public bool Leaves { get; set; }

        /// <summary>What a return assigns.</summary>
        public string? Target { get; set; }

        public bool Collects { get; set; }
    }
}
