using System.Globalization;
using Portable.Generator.Model;

namespace Portable.Generator.Emit.Functions;

/// <summary>Writes a retry policy as the runtime's.</summary>
internal static class RetryWriter
{
    private const string Type = "global::Portable.Runtime.RetryPolicy";

    public static string Expression(RetryModel? retry)
    {
        if (retry is null)
        {
            return $"{Type}.Once";
        }

        var codes = retry.On.Count == 0 ? "" : $", on: [{string.Join(", ", retry.On.Select(CodeFile.Text))}]";
        return string.Format(
            CultureInfo.InvariantCulture,
            "{0}.Create(maxAttempts: {1}, intervalSeconds: {2}, backoffRate: {3:R}, maxIntervalSeconds: {4}{5}){6}",
            Type, retry.MaxAttempts, retry.IntervalSeconds, retry.BackoffRate, retry.MaxIntervalSeconds, codes, retry.Jitter ? " with { Jitter = true }" : "");
    }
}
