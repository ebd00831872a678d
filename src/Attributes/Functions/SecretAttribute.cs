namespace Portable;

/// <summary>
/// A secret: a <see cref="string"/> parameter of a handler, step or workflow, or of its constructor, or a property of an options class. Its value
/// comes from where the platform keeps secrets, and is neither in the code nor in the manifest, which lists names alone.
/// </summary>
/// <example><code>public sealed class Payments([Secret("payment-key")] string key)</code></example>
/// <param name="name">The name of the secret: lower-case letters, digits and hyphens, a letter first.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class SecretAttribute(string name) : Attribute
{
    /// <summary>The name of the secret.</summary>
    public string Name { get; } = name;
}
