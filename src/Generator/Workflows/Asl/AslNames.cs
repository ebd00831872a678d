using System.Globalization;

namespace Portable.Generator.Workflows.Asl;

/// <summary>Names of states: unique in the whole definition, branches included, and within the length that Step Functions allows. And of variables.</summary>
/// <param name="variables">The variables of the workflow.</param>
internal sealed class AslNames(IEnumerable<string> variables)
{
    private const int Longest = 80;

    private readonly HashSet<string> _variables = new(variables, StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>The name of a variable that the source does not have.</summary>
    public string Variable(string name)
    {
        while (!_variables.Add(name))
        {
            name += "_";
        }

        return name;
    }

    /// <summary>The name of a state that has a label in the source.</summary>
    public string Labelled(string label)
    {
        var name = label.Length <= Longest ? label : label.Substring(0, Longest);
        for (var number = 2; !_taken.Add(name); number++)
        {
            var suffix = $" {number.ToString(CultureInfo.InvariantCulture)}";
            name = label.Substring(0, Math.Min(label.Length, Longest - suffix.Length)) + suffix;
        }

        return name;
    }

    /// <summary>The name of a state that the source has no name for: <c>If 1</c>. With a space, so that no label is the same.</summary>
    public string Numbered(string kind)
    {
        _numbers.TryGetValue(kind, out var number);
        _numbers[kind] = ++number;
        var name = $"{kind} {number.ToString(CultureInfo.InvariantCulture)}";
        _taken.Add(name);
        return name;
    }
}
