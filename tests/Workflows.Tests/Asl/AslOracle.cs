using Portable.TestKit.ExternalTools;

namespace Portable.Workflows.Tests.Asl;

/// <summary>The validators, for tests that also run definitions: where Node is missing, the definitions run without having been validated.</summary>
public sealed class AslOracle : IDisposable
{
    private readonly object _gate = new();
    private NodeTools? _tools;

    /// <summary>Checks a definition.</summary>
    public void Check(string definition)
    {
        lock (_gate)
        {
            if (_tools is null && !NodeTools.TryStart(out _tools, out _))
            {
                return;
            }
        }

        var problems = _tools.ValidateAsl(definition);
        Assert.True(problems.Count == 0, $"{string.Join("\n", problems)}\n{definition}");
    }

    /// <summary>Ends the process.</summary>
    public void Dispose() => _tools?.Dispose();
}
