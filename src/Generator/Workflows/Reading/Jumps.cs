using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>
/// Where <c>break</c>, <c>continue</c> and <c>return</c> go in one function. On the way out of a <c>try</c> with a <c>finally</c> a jump
/// stops at the <c>finally</c>, which goes on with it when it is done.
/// </summary>
internal sealed class Jumps(InlineEnd? end = null)
{
    private readonly List<Frame> _frames = [];

    public void EnterLoop(ILoopOperation loop) => _frames.Add(new LoopFrame(loop.ExitLabel, loop.ContinueLabel));

    public void EnterSwitch(ILabelSymbol exit, string scope) => _frames.Add(new SwitchFrame(exit, scope));

    public FinallyFrame EnterFinally(string scope, string exit, Func<string> result)
    {
        var frame = new FinallyFrame(scope, exit, result);
        _frames.Add(frame);
        return frame;
    }

    public void Leave() => _frames.RemoveAt(_frames.Count - 1);

    /// <summary>The statements of a <c>break</c> or <c>continue</c>; <see langword="null"/> for a <c>goto</c>.</summary>
    public IEnumerable<IrStatement>? To(ILabelSymbol label, IrSource source)
    {
        for (var i = _frames.Count - 1; i >= 0; i--)
        {
            switch (_frames[i])
            {
                case LoopFrame loop when Same(loop.Exit, label):
                    return [new IrBreak(source)];
                case LoopFrame loop when Same(loop.Continue, label):
                    return [new IrContinue(source)];
                case SwitchFrame choice when Same(choice.Exit, label):
                    return [new IrLeave(choice.Scope, source)];
                case FinallyFrame last:
                    return last.Leave(new Jump(label), source);
            }
        }

        return null;
    }

    /// <summary>The statements of a <c>return</c>.</summary>
    public IEnumerable<IrStatement> Return(IrExpression? value, IrSource source)
    {
        if (_frames.OfType<FinallyFrame>().LastOrDefault() is not { } last)
        {
            return end?.Return(value, source) ?? [new IrReturn(value, source)];
        }

        // The value is what it is before the finally runs.
        var leave = last.Leave(new Jump(null), source);
        return value is null ? leave : new[] { new IrAssign(last.Returned(value), value, source) }.Concat(leave);
    }

    /// <summary>What goes on with a jump that a finally has held up, read outside of it.</summary>
    public IEnumerable<IrStatement> Resume(FinallyFrame last, Jump jump) => jump.Label is { } label
        ? To(label, IrSource.None) ?? []
        : Return(last.ReturnedValue, IrSource.None);

    private static bool Same(ILabelSymbol left, ILabelSymbol right) => SymbolEqualityComparer.Default.Equals(left, right);

    /// <summary>A jump: to a label, or out of the function.</summary>
    internal sealed record Jump(ILabelSymbol? Label);

    internal abstract class Frame;

    /// <summary>A <c>try</c> with a <c>finally</c>, and the jumps that leave it.</summary>
    internal sealed class FinallyFrame(string scope, string exit, Func<string> newResult) : Frame
    {
        private IrVariable? _result;

        public string Scope { get; } = scope;

        /// <summary>The variable with the number of the jump that goes on after the finally.</summary>
        public string Exit { get; } = exit;

        public List<Jump> Exits { get; } = [];

        public IrExpression? ReturnedValue => _result;

        public string Returned(IrExpression value) => (_result ??= new IrVariable(newResult(), value.Kind)).Name;

        public IEnumerable<IrStatement> Leave(Jump jump, IrSource source)
        {
            var known = Exits.FindIndex(other => jump.Label is null ? other.Label is null : other.Label is not null && Same(other.Label, jump.Label));
            if (known < 0)
            {
                known = Exits.Count;
                Exits.Add(jump);
            }

            return [new IrAssign(Exit, ExitNumber(known), source), new IrLeave(Scope, source)];
        }

        /// <summary>The number of an exit; 0 is no jump.</summary>
        public static IrLiteral ExitNumber(int index) => new(IrKind.Integer, (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private sealed class LoopFrame(ILabelSymbol exit, ILabelSymbol next) : Frame
    {
        public ILabelSymbol Exit { get; } = exit;

        public ILabelSymbol Continue { get; } = next;
    }

    private sealed class SwitchFrame(ILabelSymbol exit, string scope) : Frame
    {
        public ILabelSymbol Exit { get; } = exit;

        public string Scope { get; } = scope;
    }
}
