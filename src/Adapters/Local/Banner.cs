using System.Globalization;
using System.Text;
using Portable.Runtime;

namespace Portable.Local;

/// <summary>What a developer sees first: everything that can be called, and where to look on.</summary>
internal static class Banner
{
    public static string Write(LocalHost host)
    {
        var rows = new List<(string Kind, string What, string Function)>();
        foreach (var function in host.App.Functions.OfType<HttpFunction>().OrderBy(function => function.Route.Template, StringComparer.Ordinal))
        {
            rows.Add(("http", $"{function.Method} {function.Route.Template}", function.Name));
        }

        rows.AddRange(host.Sources.Select(source => (source.Kind, source.Name, source.Function)));
        rows.AddRange(host.Timers.Select(timer => ("schedule", timer.TimeZone is { } zone ? $"{timer.Cron} {zone}" : timer.Cron, timer.Name)));
        rows.AddRange(host.Workflows.Workflows.Select(workflow => ("workflow", workflow.Name, $"{workflow.Steps.Count} {(workflow.Steps.Count == 1 ? "step" : "steps")}")));

        var kindWidth = rows.Select(row => row.Kind.Length).DefaultIfEmpty().Max();
        var whatWidth = rows.Select(row => row.What.Length).DefaultIfEmpty().Max();
        var text = new StringBuilder();
        text.Append("Portable is listening on ").Append(host.Address.GetLeftPart(UriPartial.Authority)).Append('\n');
        foreach (var (kind, what, function) in rows)
        {
            text.Append("  ").Append(kind.PadRight(kindWidth)).Append("  ").Append(what.PadRight(whatWidth)).Append("  ").Append(function).Append('\n');
        }

        if (host.Workflows.Workflows.Count > 0 && host.JournalFile is { } file)
        {
            var resumed = host.Workflows.Runs.Count(static run => run.Status == RunStatus.Running);
            text.Append("Runs are kept in ").Append(file).Append("; --journal memory forgets them.")
                .Append(resumed switch { 0 => "", 1 => " One goes on from there.", _ => string.Create(CultureInfo.InvariantCulture, $" {resumed} go on from there.") }).Append('\n');
        }

        if (host.Sources.Count > 0)
        {
            text.Append("Messages are kept in memory and are lost when the host stops.").Append(host.BucketFolder is { } folder ? $" Buckets are folders of {folder}." : "").Append('\n');
        }

        return text.Append("Queues, sources, schedules, workflows and dead letters: ").Append(new Uri(host.Address, Inspection.Root + "/")).Append('\n').ToString();
    }
}
