namespace Portable;

/// <summary>
/// Marks a method as a function: a unit of code that exactly one trigger attribute starts.
/// The method is static, or an instance method of a class whose constructor parameters are services.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FunctionAttribute : Attribute
{
    /// <summary>Declares a function named after its method.</summary>
    public FunctionAttribute()
    {
    }

    /// <summary>Declares a function with a name of its own.</summary>
    /// <param name="name">Unique within the application, ignoring case; letters, digits and hyphens.</param>
    public FunctionAttribute(string name) => Name = name;

    /// <summary>The name of the function on every cloud; the method's name when <see langword="null"/>.</summary>
    public string? Name { get; }

    /// <summary>How long one invocation may take, in seconds; 0 leaves the cloud's own default.</summary>
    public int TimeoutSeconds { get; set; }
}
