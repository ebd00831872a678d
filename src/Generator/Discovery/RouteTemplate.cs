using System.Collections.Immutable;

namespace Portable.Generator.Discovery;

/// <summary>Checks a route by the same rules as the runtime's <c>RoutePattern</c> and names its parameters.</summary>
internal static class RouteTemplate
{
    /// <summary>The names of the parameters, or what is wrong.</summary>
    public static string? Problem(string template, out ImmutableArray<string> parameters)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        parameters = ImmutableArray<string>.Empty;
        var parts = template.Split(['/'], StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i];
            if (part.IndexOf('{') < 0 && part.IndexOf('}') < 0)
            {
                if (part.IndexOfAny(['?', '#', ' ', '"', '\\', '*']) >= 0)
                {
                    return $"has the route '{template}', whose segment '{part}' has a character that a path cannot carry";
                }

                continue;
            }

            if (part.Length < 3 || part[0] != '{' || part[part.Length - 1] != '}')
            {
                return $"has the route '{template}', whose segment '{part}' mixes text and a parameter: give the parameter a segment of its own";
            }

            var rest = part[1] == '*';
            var name = part.Substring(rest ? 2 : 1, part.Length - (rest ? 3 : 2));
            if (!IsName(name))
            {
                return $"has the route '{template}', whose parameter '{part}' is not a plain name: constraints and optional parameters are not the same on every cloud, so write {{name}}";
            }

            if (rest && i < parts.Length - 1)
            {
                return $"has the route '{template}' with '{part}' before its last segment";
            }

            if (names.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                return $"has the route '{template}' with the parameter '{name}' twice";
            }

            names.Add(name);
        }

        parameters = names.ToImmutable();
        return null;
    }

    private static bool IsName(string name)
    {
        foreach (var c in name)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_'))
            {
                return false;
            }
        }

        return name.Length > 0;
    }
}
