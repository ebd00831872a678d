namespace Portable.Analyzers;

/// <summary>The categories of rules, by which <c>.editorconfig</c> can configure them together. One per folder and per hundred of ids.</summary>
internal static class Categories
{
    /// <summary>PORT1xx: state that serverless code loses or shares.</summary>
    public const string State = "Portable.State";

    /// <summary>PORT2xx: what happens when work is done again.</summary>
    public const string Retries = "Portable.Retries";

    /// <summary>PORT3xx, with the JSON rules: what makes a package large or its start slow.</summary>
    public const string Size = "Portable.Size";

    /// <summary>PORT4xx: what the targeted clouds do not give.</summary>
    public const string Limits = "Portable.Limits";

    /// <summary>PORT5xx: work that does not fit a function.</summary>
    public const string Fit = "Portable.Fit";

    /// <summary>PORT6xx: models and the endpoints that run them.</summary>
    public const string Inference = "Portable.Inference";

    /// <summary>PORT7xx: workflows.</summary>
    public const string Workflows = "Portable.Workflows";

    /// <summary>PORT8xx: security and operations.</summary>
    public const string Security = "Portable.Security";
}
