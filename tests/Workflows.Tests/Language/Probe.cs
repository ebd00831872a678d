namespace Portable.Workflows.Tests.Language;

/// <summary>What a team writes, and what becomes of it.</summary>
internal static partial class Probe
{
    public static IReadOnlyList<(string Expected, string Body, string Members)> Rows { get; } = [.. Durations, .. Functions, .. Failures, .. Switches, .. Texts, .. Lists, .. Values, .. Refused];

    private static (string, string, string) Row(string expected, string body, string members = "") => (expected, body, members);
}
