namespace Portable.Testing.Asl;

/// <summary>A machine, or a branch of one.</summary>
internal sealed record AslMachine(string StartAt, IReadOnlyDictionary<string, AslState> States, TimeSpan? Timeout)
{
    /// <summary>A state that an Express workflow cannot have, or <see langword="null"/>.</summary>
    public string? NotExpress => States.Values.Select(static state =>
        state.Resource is { } resource && AslResource.Of(resource).Submits ? state.Name : state.Branches.Select(static branch => branch.NotExpress).FirstOrDefault(static found => found is not null))
        .FirstOrDefault(static found => found is not null);
}

internal enum AslStateType
{
    Task,
    Pass,
    Choice,
    Wait,
    Succeed,
    Fail,
    Parallel,
    Map,
}

/// <summary>A state. Fields that its type does not have are null.</summary>
internal sealed record AslState(string Name, AslStateType Type)
{
    public string? Next { get; init; }

    public bool End { get; init; }

    public string? Resource { get; init; }

    public AslTemplate? Arguments { get; init; }

    public AslTemplate? Output { get; init; }

    public IReadOnlyList<(string Name, AslTemplate Value)> Assign { get; init; } = [];

    public AslTemplate? TimeoutSeconds { get; init; }

    public AslTemplate? HeartbeatSeconds { get; init; }

    public AslTemplate? Seconds { get; init; }

    public AslTemplate? Timestamp { get; init; }

    public AslTemplate? Error { get; init; }

    public AslTemplate? Cause { get; init; }

    public IReadOnlyList<AslChoice> Choices { get; init; } = [];

    public string? Default { get; init; }

    public IReadOnlyList<AslRetrier> Retriers { get; init; } = [];

    public IReadOnlyList<AslCatcher> Catchers { get; init; } = [];

    public IReadOnlyList<AslMachine> Branches { get; init; } = [];

    public AslTemplate? Items { get; init; }

    public AslTemplate? ItemSelector { get; init; }

    public AslTemplate? MaxConcurrency { get; init; }
}

internal sealed record AslChoice(AslTemplate Condition, string Next, AslTemplate? Output, IReadOnlyList<(string Name, AslTemplate Value)> Assign);

internal sealed record AslRetrier(IReadOnlyList<string> ErrorEquals, int MaxAttempts, double IntervalSeconds, double BackoffRate, double? MaxDelaySeconds)
{
    /// <summary>The delay before a retry. Jitter is left out: the longest delay it allows is taken, so that runs repeat.</summary>
    /// <param name="retries">How many retries there were before.</param>
    public TimeSpan Delay(int retries)
    {
        var seconds = IntervalSeconds * Math.Pow(BackoffRate, retries);
        return TimeSpan.FromSeconds(MaxDelaySeconds is { } limit ? Math.Min(seconds, limit) : seconds);
    }
}

internal sealed record AslCatcher(IReadOnlyList<string> ErrorEquals, string Next, AslTemplate? Output, IReadOnlyList<(string Name, AslTemplate Value)> Assign);
