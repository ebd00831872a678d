namespace Portable;

/// <summary>
/// Leaves it to the platform to let requests in: an authoriser of API Gateway, the App Service authentication of Azure, IAM, IAP or API Gateway of Google. The function still refuses a request
/// that the platform says nothing of, and its claims are the user's. On a class it holds for all its HTTP functions that do not say otherwise.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class PlatformAuthorizerAttribute : Attribute
{
    /// <summary>Names the authoriser.</summary>
    /// <param name="name">What the manifest calls it, for whoever deploys: letters, digits and hyphens.</param>
    public PlatformAuthorizerAttribute(string name) => Name = name;

    /// <summary>The name of the authoriser.</summary>
    public string Name { get; }
}
