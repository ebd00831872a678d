namespace Portable;

/// <summary>Binds a parameter to a segment of the route.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FromRouteAttribute : Attribute
{
    /// <summary>The name in the route; the parameter's name when <see langword="null"/>.</summary>
    public string? Name { get; set; }
}

/// <summary>Binds a parameter to a value of the query string. An array receives every value of that name.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FromQueryAttribute : Attribute
{
    /// <summary>The name in the query string; the parameter's name when <see langword="null"/>.</summary>
    public string? Name { get; set; }
}

/// <summary>Binds a parameter to a request header, or to an attribute of a message.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FromHeaderAttribute : Attribute
{
    /// <summary>The name of the header, ignoring case; the parameter's name when <see langword="null"/>.</summary>
    public string? Name { get; set; }
}

/// <summary>Binds a parameter to the JSON body of the request or message.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FromBodyAttribute : Attribute;

/// <summary>Binds a parameter to a service of the application.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FromServicesAttribute : Attribute;
