namespace Portable.TestKit;

/// <summary>
/// Says that a test proves a feature on a cloud and hosting. The README's support matrix is made of these, so that no cell of it
/// stands without a test.
/// </summary>
/// <param name="feature">A row: <c>HTTP trigger</c>.</param>
/// <param name="target">A column: <c>local</c>, <c>aws managed</c>, <c>aws native</c>, <c>gcp managed</c>, ...</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public sealed class SupportsAttribute(string feature, string target) : Attribute
{
    public string Feature { get; } = feature;

    public string Target { get; } = target;
}
