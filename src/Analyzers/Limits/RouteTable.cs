using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.Limits;

/// <summary>The routes of a project's functions, by what of them decides who gets a request. Built once per compilation.</summary>
internal sealed class RouteTable
{
    private static readonly ConditionalWeakTable<Compilation, RouteTable> Cache = new();

    private readonly Dictionary<string, List<Route>> _byShape = new(StringComparer.Ordinal);
    private readonly Dictionary<ISymbol, Route> _byMethod = new(SymbolEqualityComparer.Default);

    private RouteTable(ImmutableArray<ProjectIndex.Declaration> functions)
    {
        foreach (var function in functions)
        {
            if (PortableTypes.Attribute(function.Method, "HttpTriggerAttribute") is { ConstructorArguments: [{ Value: string verb }, { Value: string template }] } && RouteTemplate.Problem(template, out _) is null)
            {
                var route = new Route(function, verb.ToUpperInvariant(), template);
                _byMethod[function.Method] = route;
                var shape = ShapeOf(template);
                if (!_byShape.TryGetValue(shape, out var same))
                {
                    _byShape[shape] = same = [];
                }

                same.Add(route);
            }
        }
    }

    /// <summary>The routes of a compilation.</summary>
    public static RouteTable Of(Compilation compilation, KnownTypes types, CancellationToken cancellationToken)
    {
        if (Cache.TryGetValue(compilation, out var known))
        {
            return known;
        }

        var built = new RouteTable(ProjectIndex.Of(compilation, types, cancellationToken).Functions);
        return Cache.GetValue(compilation, _ => built);
    }

    /// <summary>The route of a function, if it has one.</summary>
    public Route? Of(IMethodSymbol method) => _byMethod.TryGetValue(method, out var route) ? route : null;

    /// <summary>The first function before this one, in source order, that the same requests are for.</summary>
    public Route? Before(Route route)
    {
        foreach (var other in _byShape[ShapeOf(route.Template)])
        {
            if (ReferenceEquals(other, route))
            {
                return null;
            }

            if (other.Verb == route.Verb || other.Verb == "*" || route.Verb == "*")
            {
                return other;
            }
        }

        return null;
    }

    // Literals are compared ignoring case, as our router and Azure do; the names of parameters do not matter to a request.
    private static string ShapeOf(string template)
    {
        var shape = new StringBuilder(template.Length);
        foreach (var part in template.Split(['/'], StringSplitOptions.RemoveEmptyEntries))
        {
            shape.Append('/').Append(part[0] != '{' ? part.ToLowerInvariant() : part[1] == '*' ? "{*}" : "{}");
        }

        return shape.ToString();
    }

    /// <summary>A route of a function.</summary>
    /// <param name="Function">The function.</param>
    /// <param name="Verb">The HTTP method in capitals; <c>*</c> for all.</param>
    /// <param name="Template">The route as it is written.</param>
    public sealed record Route(ProjectIndex.Declaration Function, string Verb, string Template)
    {
        /// <summary>The literal that the route begins with, in lower case; empty where it begins with a parameter.</summary>
        public string First => Template.Split(['/'], StringSplitOptions.RemoveEmptyEntries) is [var first, ..] && first[0] != '{' ? first.ToLowerInvariant() : "";

        /// <summary>Whether the route is one segment.</summary>
        public bool IsTop => Template.Trim('/').IndexOf('/') < 0;
    }
}
