namespace Portable.TestKit;

/// <summary>
/// Says that a test proves a feature on a cloud and hosting, or on an engine of workflows. The README's tables are made of these, so that no cell of them
/// stands without a test.
/// </summary>
/// <param name="feature">A row: <c>HTTP trigger</c>.</param>
/// <param name="target">A column: <c>local</c>, <c>aws managed</c>, <c>aws native</c>, <c>gcp managed</c>, ...; or <c>Local</c>, <c>Durable</c>, ...</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public sealed class SupportsAttribute(string feature, string target) : Attribute
{
    public string Feature { get; } = feature;

    public string Target { get; } = target;
}
