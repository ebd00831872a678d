using Portable.Generator.Helpers;
using Portable.Generator.Model;

namespace Portable.Generator.Workflows.Reading;

/// <summary>
/// Names of calls: the step's name, numbered when it recurs. The first call of a step always has its own name, so labels stay as
/// they are when other steps come and go.
/// </summary>
internal sealed class Labels(EquatableArray<StepModel> steps)
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal) { "end", "break", "continue" };
    private readonly HashSet<string> _steps = new(steps.Select(static step => VariableNames.Ascii(step.Name)), StringComparer.Ordinal);

    /// <summary>The label of a call of a step.</summary>
    public string Take(string step)
    {
        var name = VariableNames.Ascii(step);
        return _taken.Add(name) ? name : Numbered(name);
    }

    /// <summary>The label of something else than a step's call, which takes no step's name.</summary>
    public string TakeOther(string what)
    {
        var name = VariableNames.Ascii(what);
        return !_steps.Contains(name) && _taken.Add(name) ? name : Numbered(name);
    }

    private string Numbered(string name)
    {
        for (var number = 2; ; number++)
        {
            var numbered = $"{name}_{number}";
            if (!_steps.Contains(numbered) && _taken.Add(numbered))
            {
                return numbered;
            }
        }
    }
}
