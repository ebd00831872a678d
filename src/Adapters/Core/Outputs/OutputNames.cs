namespace Portable.Runtime;

/// <summary>Checks names of queues and buckets where no compiler did: the strictest cloud's rules, as the diagnostics of triggers have them.</summary>
public static class OutputNames
{
    /// <summary>Returns the name if every cloud takes it.</summary>
    /// <param name="kind">What it names, for the message: <c>queue</c> or <c>bucket</c>.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">It is not 3 to 63 lower-case letters, digits and single hyphens.</exception>
    public static string Check(string kind, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return IsName(name) ? name
            : throw new ArgumentException($"'{OutputAttributes.Fit(name, 100)}' is no name of a {kind} that every cloud accepts: use 3 to 63 lower-case letters, digits and single hyphens, a letter first.", nameof(name));
    }

    private static bool IsName(string name)
    {
        if (name.Length is < 3 or > 63 || !char.IsAsciiLetterLower(name[0]) || name[^1] == '-' || name.Contains("--", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var c in name)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
            {
                return false;
            }
        }

        return true;
    }
}
