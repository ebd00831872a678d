namespace Portable.Build.Deployables;

/// <summary>
/// Whether the Functions host may forward HTTP requests to a custom handler as they are, which alone carries binary bodies and several headers of one name.
/// Then requests and invocations, <c>POST /FUNCTION</c>, reach the handler side by side, and no route may be one that an invocation matches too.
/// </summary>
internal static class AzureRoutes
{
    public static bool ConflictWithInvocations(Manifest manifest)
    {
        var invoked = manifest.Functions.Where(static function => function.Trigger is not (HttpTrigger or StepsTrigger)).Select(static function => function.Name).ToList();
        return manifest.Functions.Select(static function => function.Trigger).OfType<HttpTrigger>()
            .Where(static http => http.Method is "POST" or "*")
            .Any(http => invoked.Exists(name => MayMatch(http.Route, name)));
    }

    // Careful rather than exact: a segment with a parameter counts as one that matches any name.
    private static bool MayMatch(string route, string name)
    {
        var segments = route.Trim('/').Split('/');
        return (segments.Length == 1 || (segments.Length == 2 && segments[1].StartsWith("{*", StringComparison.Ordinal)))
            && (segments[0].Contains('{', StringComparison.Ordinal) || string.Equals(segments[0], name, StringComparison.OrdinalIgnoreCase));
    }
}
