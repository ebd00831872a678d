namespace Portable.TestKit.ExternalTools;

/// <summary>One Node process for all tests of a class (<c>IClassFixture</c>) or assembly, started when the first test asks for it.</summary>
public sealed class NodeToolsFixture : IDisposable
{
    private readonly object _gate = new();
    private NodeTools? _tools;

    /// <summary>The tools; skips the test that asks when they are missing.</summary>
    public NodeTools Tools
    {
        get
        {
            lock (_gate)
            {
                return _tools ??= NodeTools.StartOrSkip();
            }
        }
    }

    /// <summary>Ends the process.</summary>
    public void Dispose() => _tools?.Dispose();
}
