using Microsoft.CodeAnalysis;
using Portable.Analyzers.Handlers;
using Portable.Generator.Model;

namespace Portable.Analyzers.Fit;

/// <summary>Recognises addresses of functions: by hosts that serve nothing else, and by routes of the project's own functions.</summary>
internal sealed class FunctionAddresses
{
    // What stands behind these is a function: AWS Lambda, function URLs; Google Cloud, functions.
    private static readonly string[] Always = [".lambda-url.", ".cloudfunctions.net"];

    // What stands behind these may be one.
    private static readonly string[] Perhaps = [".azurewebsites.net", ".run.app", ".execute-api.", "//localhost", "//127.0.0.1"];

    private readonly List<(string Name, HttpTriggerModel Trigger, string[] Segments)> _routes = [];

    private FunctionAddresses()
    {
    }

    /// <summary>Reads the routes of a compilation's functions.</summary>
    public static FunctionAddresses Of(Compilation compilation, KnownTypes types, CancellationToken cancellationToken)
    {
        var addresses = new FunctionAddresses();
        var code = HandlerCode.Of(compilation, types);
        foreach (var function in ProjectIndex.Of(compilation, types, cancellationToken).Functions)
        {
            if (code.FunctionOf(function.Method, cancellationToken).Model is { Trigger: HttpTriggerModel trigger } model)
            {
                addresses._routes.Add((model.Name, trigger, Split(trigger.Route)));
            }
        }

        return addresses;
    }

    /// <summary>The function that an address is of, in words; <see langword="null"/> when it is none as far as is known.</summary>
    public string? Find(RequestAddress address)
    {
        var text = address.Text;
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            // Of a client with a base address only the path is known here: it takes a longer one to tell.
            var start = text.IndexOf('/');
            return start >= 0 && text.Substring(0, start).Trim(RequestAddress.Unknown).Length == 0 ? Route(address.Method, text.Substring(start), 2) : null;
        }

        var slash = text.IndexOf('/', scheme + 3);
        var host = slash < 0 ? text.Substring(scheme) : text.Substring(scheme, slash - scheme);
        var name = host.Substring(3).Trim(RequestAddress.Unknown);
        foreach (var known in Always)
        {
            if (host.Contains(known))
            {
                return $"a function at '{name}'";
            }
        }

        // Azure: a call with a function's key.
        if (host.Contains(".azurewebsites.net") && (text.Contains("?code=") || text.Contains("&code=")))
        {
            return $"a function at '{name}'";
        }

        foreach (var known in Perhaps)
        {
            if ((known[0] == '/' ? host.Substring(1).StartsWith(known, StringComparison.Ordinal) : host.Contains(known)) && slash >= 0 && Route(address.Method, text.Substring(slash), 1) is { } route)
            {
                return route;
            }
        }

        return null;
    }

    private string? Route(string? method, string path, int literals)
    {
        var end = path.IndexOfAny(['?', '#']);
        var segments = Split(end < 0 ? path : path.Substring(0, end));
        foreach (var (name, trigger, route) in _routes)
        {
            if ((method is null || trigger.Method == "*" || trigger.Method.Equals(method, StringComparison.OrdinalIgnoreCase))
                && (Matches(segments, 0, route, literals) || (segments.Length > 1 && segments[0] == "api" && Matches(segments, 1, route, literals))))
            {
                return $"the function '{name}' by its address";
            }
        }

        return null;
    }

    private static bool Matches(string[] segments, int first, string[] route, int literals)
    {
        if (segments.Length - first != route.Length)
        {
            return false;
        }

        for (var i = 0; i < route.Length; i++)
        {
            var segment = segments[first + i];
            if (route[i].IndexOf('{') >= 0)
            {
                continue;
            }

            if (!route[i].Equals(segment, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            literals--;
        }

        return literals <= 0;
    }

    private static string[] Split(string path) => path.Split(['/'], StringSplitOptions.RemoveEmptyEntries);
}
