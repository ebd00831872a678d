namespace Portable;

/// <summary>
/// Asks for instances of a function that are started before anybody calls: provisioned concurrency on AWS Lambda, minimum instances on Cloud Run, always
/// ready instances on Azure. They are paid for while idle. <c>portable.json</c> carries the number to what deploys the function.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WarmAttribute : Attribute
{
    /// <summary>Asks for warm instances.</summary>
    /// <param name="instances">How many: 1 to 1000. What comes beyond them starts cold.</param>
    public WarmAttribute(int instances) => Instances = instances;

    /// <summary>How many instances are kept warm.</summary>
    public int Instances { get; }
}
