namespace Portable.Generator.Discovery;

/// <summary>The argument of <c>[Idempotent]</c>: a member, or texts with members in braces.</summary>
internal static class KeyTemplate
{
    /// <summary>The members in order; <see langword="null"/> with what is wrong.</summary>
    public static IReadOnlyList<string>? Parse(string template, out string? problem)
    {
        problem = null;
        if (template.IndexOfAny(['{', '}']) < 0)
        {
            return IsPath(template) ? [template] : Problem("which is no member: use nameof(Order.Id), or members in braces as in \"{OrderId}-{Line}\"", out problem);
        }

        var names = new List<string>();
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] == '}')
            {
                return Problem("which has a closing brace without an opening one", out problem);
            }

            if (template[i] != '{')
            {
                continue;
            }

            var end = template.IndexOf('}', i);
            var name = end < 0 ? "" : template.Substring(i + 1, end - i - 1);
            if (!IsPath(name))
            {
                return Problem(end < 0 ? "which has an opening brace without a closing one" : $"whose '{{{name}}}' is no member", out problem);
            }

            names.Add(name);
            i = end;
        }

        return names;
    }

    private static bool IsPath(string text) => text.Split('.').All(static name => Microsoft.CodeAnalysis.CSharp.SyntaxFacts.IsValidIdentifier(name));

    private static IReadOnlyList<string>? Problem(string text, out string? problem)
    {
        problem = text;
        return null;
    }
}
