namespace Orders.Demo;

/// <summary>What was sent, what should have come back and what did.</summary>
internal sealed class DemoTable
{
    private static readonly string[] Header = ["", "function", "started by", "sent", "result"];
    private readonly List<string[]> _rows = [];
    private readonly HashSet<string> _shown = new(StringComparer.OrdinalIgnoreCase);

    public int Passed { get; private set; }

    public int Failed { get; private set; }

    public void Check(string name, string trigger, string sent, string expected, string actual)
    {
        var ok = string.Equals(expected, actual, StringComparison.Ordinal);
        Passed += ok ? 1 : 0;
        Failed += ok ? 0 : 1;
        _shown.Add(name);
        _rows.Add([ok ? "ok" : "NO", name, trigger, sent, ok ? actual : $"{actual}  (expected: {expected})"]);
    }

    public void Print(TextWriter output)
    {
        var widths = Enumerable.Range(0, Header.Length - 1).Select(column => _rows.Append(Header).Max(row => row[column].Length)).ToArray();
        foreach (var row in _rows.Prepend([.. Header.Take(1), .. Header.Skip(1).Select(static title => title.ToUpperInvariant())]))
        {
            output.WriteLine(string.Concat(row.SkipLast(1).Select((cell, column) => cell.PadRight(widths[column] + 2))) + row[^1]);
        }

        output.WriteLine();
    }

    /// <summary>Every function of the application must have had its turn; the steps of the workflow had theirs within it.</summary>
    public void CheckFunctions(IEnumerable<string> names, TextWriter output)
    {
        foreach (var name in names.Where(name => !name.EndsWith("-steps", StringComparison.Ordinal) && !_shown.Contains(name)))
        {
            Failed++;
            output.WriteLine($"The function '{name}' was not called.");
        }
    }
}
