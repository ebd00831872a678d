namespace Portable.Runtime;

/// <summary>Finds the function for a request among the HTTP functions of a host; the most specific route wins.</summary>
public sealed class RouteTable
{
    private readonly HttpFunction[] _functions;

    /// <summary>A table of these functions.</summary>
    public RouteTable(IEnumerable<HttpFunction> functions)
    {
        _functions = [.. functions];
        Array.Sort(_functions, static (left, right) => RoutePattern.CompareSpecificity(left.Route, right.Route));
    }

    /// <summary>Finds the function for a request.</summary>
    /// <param name="method">The method in upper case.</param>
    /// <param name="path">The decoded path.</param>
    public RouteMatch Match(string method, string path)
    {
        List<string>? allowed = null;
        foreach (var function in _functions)
        {
            if (!function.Route.TryMatch(path, out var values))
            {
                continue;
            }

            if (function.Method == "*" || function.Method == method)
            {
                return new RouteMatch(function, values, []);
            }

            (allowed ??= []).Add(function.Method);
        }

        return new RouteMatch(null, RouteMatch.NoValues, (IReadOnlyList<string>?)allowed ?? []);
    }
}

/// <summary>What a <see cref="RouteTable"/> found.</summary>
/// <param name="Function">The function, or <see langword="null"/>.</param>
/// <param name="Values">The values of the route's parameters.</param>
/// <param name="AllowedMethods">When no function was found: the methods that the path does take, for a 405; none means 404.</param>
public readonly record struct RouteMatch(HttpFunction? Function, IReadOnlyDictionary<string, string> Values, IReadOnlyList<string> AllowedMethods)
{
    internal static IReadOnlyDictionary<string, string> NoValues { get; } = new Dictionary<string, string>(0);

    /// <summary>404, or 405 with the methods that the path takes.</summary>
    public HttpReply Refusal() => AllowedMethods.Count == 0
        ? HttpReply.Problem(404, "No function has this route.")
        : HttpReply.Problem(405, "The route exists, but not for this method.", headers: [new("Allow", string.Join(", ", AllowedMethods.Distinct()))]);
}
