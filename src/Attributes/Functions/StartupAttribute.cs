namespace Portable;

/// <summary>
/// Marks the one class of the application that configures its services. The class implements
/// <c>IPortableStartup</c> and has a constructor without parameters.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StartupAttribute : Attribute;
