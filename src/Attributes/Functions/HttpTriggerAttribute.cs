namespace Portable;

/// <summary>Starts a function by an HTTP request.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HttpTriggerAttribute : Attribute
{
    /// <summary>Binds the function to one method and route.</summary>
    /// <param name="method">An HTTP method such as <c>POST</c>, or <c>*</c> for every method.</param>
    /// <param name="route">
    /// A path such as <c>/orders/{id}</c>. A segment is a literal, a parameter <c>{name}</c>, or, as the last segment,
    /// a parameter for the rest of the path <c>{*name}</c>.
    /// </param>
    public HttpTriggerAttribute(string method, string route)
    {
        Method = method;
        Route = route;
    }

    /// <summary>The HTTP method, or <c>*</c>.</summary>
    public string Method { get; }

    /// <summary>The route template.</summary>
    public string Route { get; }
}
