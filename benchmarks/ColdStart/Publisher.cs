using System.Diagnostics;

namespace Portable.Benchmarks.ColdStart;

/// <summary>Publishes the measured programs with the SDK, as their users would.</summary>
internal sealed class Publisher(string apps, string output, bool reuse)
{
    /// <summary>Publishes a program, or takes what an earlier run has published when nothing is to be built.</summary>
    /// <returns>The folder.</returns>
    public string Publish(string app, string kind, string framework, string property)
    {
        var folder = Path.Combine(output, app + "-" + kind);
        if (reuse && Directory.Exists(folder))
        {
            Console.WriteLine($"{app} ({kind}) as published at {Directory.GetLastWriteTimeUtc(folder):u}");
            return folder;
        }

        Console.WriteLine($"publishing {app} ({kind}) ...");
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var argument in (string[])["publish", Path.Combine(apps, app), "-c", "Release", "-f", framework, "-r", "linux-x64", "--self-contained", framework == "net9.0" ? "true" : "false",
            "-o", folder, "-v", "q", "-nologo", "-m:1", .. property.Length > 0 ? (string[])[property] : []])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var log = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? folder : throw new InvalidOperationException($"{app} does not publish:\n{log}");
    }
}
