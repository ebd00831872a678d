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

    /// <summary>
    /// How much memory an instance needs, in MB; 0 leaves the cloud's own default. Lambda gives any number from 128 to 10,240 and Cloud Run from 128 to 32,768;
    /// on Azure the next of 512, 2,048 and 4,096 holds for the whole application. A function that shares its deployable with others gets what the largest needs.
    /// </summary>
    public int MemoryMegabytes { get; set; }

    /// <summary>
    /// The latency that is promised to callers at the 95th percentile, in milliseconds; 0 promises nothing. Nothing enforces it: it is written to
    /// <c>portable.json</c>, for alarms and tests to hold the function to, and below 10 ms the function needs <see cref="WarmAttribute"/>.
    /// </summary>
    public int LatencyMilliseconds { get; set; }
}
