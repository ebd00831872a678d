namespace Portable;

/// <summary>
/// Says who answers for a function when it fails, for runbooks and alarms: <c>portable.json</c> carries it. On a class it holds for its functions, on the assembly for all, where they do not say
/// otherwise. A project that sets the MSBuild property <c>PortableRequireOwner</c> has rule PORT807 warn of functions without an owner or an alert.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Assembly)]
public sealed class OwnerAttribute : Attribute
{
    /// <summary>Names the owner.</summary>
    /// <param name="name">A team or person as the organisation names them: <c>team-orders</c>.</param>
    public OwnerAttribute(string name) => Name = name;

    /// <summary>The owner.</summary>
    public string Name { get; }

    /// <summary>Where the owner hears of failures: an address, a channel, the name of a rota. It is the owner's own: that of a class or assembly around it is another owner's.</summary>
    public string? Alert { get; set; }
}
