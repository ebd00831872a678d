namespace Portable;

/// <summary>
/// Lets in requests that have a key in a header. The key is a secret, read as <see cref="SecretAttribute"/> says; it may hold several keys parted by commas, so that one can be replaced while
/// callers still have the other. On a class it holds for all its HTTP functions that do not say otherwise.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class ApiKeyAttribute : Attribute
{
    /// <summary>Names the secret.</summary>
    /// <param name="secret">The name of the secret: lower-case letters, digits and hyphens.</param>
    public ApiKeyAttribute(string secret) => Secret = secret;

    /// <summary>The name of the secret.</summary>
    public string Secret { get; }

    /// <summary>The header that has the key.</summary>
    public string Header { get; set; } = "x-api-key";
}
