namespace Workflows.Operations;

public sealed record Batch(string Day, IReadOnlyList<string> Accounts);

public sealed record Statement(string Account, int Lines);

public sealed record BatchReport(string Day, int Done, int Failed, string Worst);

public sealed record Job(string Name, int LongestPolls);

public sealed record JobState(string Status, int Percent);

public sealed record JobResult(string JobId, string Status, int Polls);
