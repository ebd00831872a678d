namespace Portable.Testing.GoogleWorkflows;

/// <summary>A workflow or subworkflow.</summary>
internal sealed record GoogleRoutine(string Name, IReadOnlyList<(string Name, GoogleTemplate? Default)> Parameters, IReadOnlyList<GoogleStep> Steps);

/// <summary>A step: what it does, and where it goes then.</summary>
internal sealed record GoogleStep(string Name, GoogleAction Action, string? Next);

/// <summary>Where an assignment goes: a variable, or a member or item inside it.</summary>
internal sealed record GoogleTarget(string Variable, IReadOnlyList<GoogleExpression> Path);

internal sealed record GoogleCase(GoogleTemplate Condition, GoogleStep Body);

/// <summary>A retry: a policy by name, or its parts; the backoff by name, or its parts.</summary>
internal sealed record GoogleRetry(
    GoogleTemplate? Policy,
    GoogleTemplate? Predicate = null,
    GoogleTemplate? MaxRetries = null,
    GoogleTemplate? Backoff = null,
    GoogleTemplate? InitialDelay = null,
    GoogleTemplate? MaxDelay = null,
    GoogleTemplate? Multiplier = null);

internal abstract record GoogleAction
{
    public sealed record Nothing : GoogleAction;

    public sealed record Assign(IReadOnlyList<(GoogleTarget Target, GoogleTemplate Value)> Values) : GoogleAction;

    public sealed record Call(string Function, IReadOnlyList<(string Name, GoogleTemplate Value)> Arguments, GoogleTarget? Result) : GoogleAction;

    public sealed record Switch(IReadOnlyList<GoogleCase> Cases) : GoogleAction;

    public sealed record For(string Value, string? Index, GoogleTemplate? In, GoogleTemplate? Range, IReadOnlyList<GoogleStep> Steps) : GoogleAction;

    public sealed record Parallel(IReadOnlyList<string> Shared, GoogleTemplate? Concurrency, IReadOnlyList<GoogleStep> Branches, For? Loop) : GoogleAction;

    public sealed record Try(IReadOnlyList<GoogleStep> Steps, GoogleRetry? Retry, string? Failure, IReadOnlyList<GoogleStep>? Handler) : GoogleAction;

    public sealed record Raise(GoogleTemplate Value) : GoogleAction;

    public sealed record Return(GoogleTemplate Value) : GoogleAction;

    public sealed record Block(IReadOnlyList<GoogleStep> Steps) : GoogleAction;
}
