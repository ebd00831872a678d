using Portable.Generator.Helpers;
using Portable.Generator.Model;

namespace Portable.Generator.Workflows.Reading;

/// <summary>
/// Names of the calls of steps: the step's name, numbered when it recurs. The first call of a step always has its own name,
/// so labels stay as they are when other steps come and go.
/// </summary>
internal sealed class Labels(EquatableArray<StepModel> steps)
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal) { "end", "break", "continue" };
    private readonly HashSet<string> _steps = new(steps.Select(static step => VariableNames.Ascii(step.Name)), StringComparer.Ordinal);

    public string Take(string step)
    {
        var name = VariableNames.Ascii(step);
        if (_taken.Add(name))
        {
            return name;
        }

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
