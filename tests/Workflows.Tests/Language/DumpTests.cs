using System.Text;
using Microsoft.CodeAnalysis;
using Portable.Workflows.Tests.Harness;
namespace Portable.Workflows.Tests.Language;
public sealed class DumpTests
{
    [Fact]
    public void Dump()
    {
        var b = new StringBuilder();
        foreach (var (expected, body, members) in Probe.Rows)
        {
            var source = ProbeSource.With(body, members);
            var compilation = Compiled.Compile(source);
            var errors = compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString()).ToList();
            string actual;
            var notes = new List<string>();
            try
            {
                var parsed = Compiled.Read(compilation).Single(w => w.Model?.Name == "w");
                var findings = parsed.Findings.Where(f => f.RuleId != "PORT722").ToList();
                foreach (var f in parsed.Findings) notes.Add($"    {f.RuleId} «{source.Substring(f.Location.SourceSpan.Start, f.Location.SourceSpan.Length)}» {string.Join(" ", f.Arguments.Skip(1))}");
                actual = findings.Count > 0 ? findings[0].RuleId : parsed.Findings.Length > 0 ? "lifted" : parsed.Model!.Body is null ? "NOTHING" : "native";
                if (findings.Count == 0 && parsed.Model!.Body is { } && actual is "native" or "lifted")
                {
                    try { Portable.Testing.Asl.AslSimulator.Parse(Portable.Generator.Workflows.Asl.AslEmitter.Emit(Portable.Generator.Workflows.Ir.JsonNames.Apply(parsed.Model!, default))!); Portable.Testing.GoogleWorkflows.GoogleWorkflowSimulator.Parse(Portable.Generator.Workflows.GoogleWorkflows.GoogleWorkflowsEmitter.Emit(Portable.Generator.Workflows.Ir.JsonNames.Apply(parsed.Model!, default))!); } catch (Exception e) { notes.Add("    EMIT " + e); }
                }
            }
            catch (Exception e) { actual = "CRASH"; notes.Add(e.ToString()); }
            if (actual == expected && errors.Count == 0 && Environment.GetEnvironmentVariable("ALL") is null) continue;
            b.AppendLine($"{(actual == expected ? "ok" : "XX")} want {expected} got {actual}: {body}");
            foreach (var n in notes) b.AppendLine(n);
            foreach (var e in errors) b.AppendLine("    C# " + e);
        }
        File.WriteAllText("/tmp/lang_dump.txt", b.ToString());
    }
}
