using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>
/// What must run before the statement that is being read, in the order of evaluation: steps awaited inside its expressions, values
/// taken from the engine, lifted expressions. Who reads a statement puts what has gathered in front of it; who reads an operand
/// that C# may not evaluate (the right side of <c>&amp;&amp;</c>, a branch of <c>?:</c>) reads it apart and runs it under its condition.
/// </summary>
internal sealed class Prelude
{
    private List<IrStatement> _statements = [];

    /// <summary>Adds a statement that must run before the current one.</summary>
    public void Add(IrStatement statement) => _statements.Add(statement);

    /// <summary>Takes the last statement back, with another variable for its result, if its result goes to that variable now.</summary>
    public IrStatement? TakeBack(string variable, string instead, IrSource source)
    {
        var last = _statements.Count == 0 ? null : _statements[_statements.Count - 1];
        var changed = last is null ? null : Redirected(last, variable, instead);
        if (changed is not null)
        {
            _statements.RemoveAt(_statements.Count - 1);
            changed = changed with { Source = source };
        }

        return changed;
    }

    /// <summary>A call with another variable for its result, if its result goes to that variable now.</summary>
    public static IrStatement? Redirected(IrStatement call, string variable, string instead) => call switch
    {
        IrTake take when take.Result == variable => take with { Result = instead },
        IrStep step when step.Result == variable => step with { Result = instead },
        IrEvent wait when wait.Result == variable => wait with { Result = instead },
        IrChild child when child.Result == variable => child with { Result = instead },
        IrMap map when map.Result == variable => map with { Result = instead },
        _ => null,
    };

    /// <summary>Reads something and hands over what it needs to have run before, instead of adding it to the current prelude.</summary>
    public T Apart<T>(Func<T> read, out IReadOnlyList<IrStatement> before)
    {
        var outer = _statements;
        _statements = [];
        try
        {
            var result = read();
            before = _statements;
            return result;
        }
        finally
        {
            _statements = outer;
        }
    }
}
