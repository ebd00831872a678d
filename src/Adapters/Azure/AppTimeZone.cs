using Portable.Runtime;

namespace Portable.Azure;

/// <summary>
/// The time zone of the function app: one for all schedules, by an application setting. A schedule that asks for another would run at the wrong hour without a
/// word, so it is refused with one.
/// </summary>
internal static class AppTimeZone
{
    /// <summary>The setting (documentation: "App settings reference for Azure Functions"): an IANA name on Linux, one of Windows' own there.</summary>
    public const string Setting = "WEBSITE_TIME_ZONE";

    /// <summary>What is wrong with a schedule's time zone, or <see langword="null"/>.</summary>
    public static string? Problem(ScheduleFunction function, Func<string, string?> environment)
    {
        var set = environment(Setting) is { Length: > 0 } value ? value : "UTC";
        return function.TimeZone is not { } zone ? set is "UTC" or "Etc/UTC" ? null : Text("UTC")
            : set == zone || IsSameOnWindows(zone, set) ? null
            : Text(zone);

        string Text(string wanted) => $"{function.Name} runs by the time of {wanted}, and {Setting} is {set}: set it to {wanted} (on a plan that has it: docs/azure.md).";
    }

    // Without the data to compare, as in an application with invariant globalization, a name of Windows is taken on trust.
    private static bool IsSameOnWindows(string zone, string set) =>
        TimeZoneInfo.TryConvertIanaIdToWindowsId(zone, out var windows) ? windows == set : !set.Contains('/', StringComparison.Ordinal) && set != "UTC";
}
