namespace Portable.Generator;

/// <summary>The names of the pipeline's stages; tests assert that each is cached when it should be.</summary>
internal static class TrackingNames
{
    public const string Options = nameof(Options);
    public const string JsonContexts = nameof(JsonContexts);
    public const string JsonIndex = nameof(JsonIndex);
    public const string Startup = nameof(Startup);
    public const string Functions = nameof(Functions);
    public const string FunctionsWithContext = nameof(FunctionsWithContext);
    public const string Validation = nameof(Validation);
    public const string Workflows = nameof(Workflows);
    public const string WorkflowsWithContext = nameof(WorkflowsWithContext);
    public const string Inferences = nameof(Inferences);
    public const string SecretProperties = nameof(SecretProperties);
    public const string Setup = nameof(Setup);
    public const string Application = nameof(Application);
}
