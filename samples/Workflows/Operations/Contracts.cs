namespace Workflows.Operations;

public sealed record Batch(string Day, IReadOnlyList<string> Accounts);

public sealed record Statement(string Account, int Lines);

public sealed record BatchReport(string Day, int Done, int Failed, string Worst);

public sealed record Job(string Name, int LongestPolls);

public sealed record JobState(string Status, int Percent);

public sealed record JobResult(string JobId, string Status, int Polls);

public sealed record Release(string Version, int SoakMinutes, string Canary, IReadOnlyList<string> Regions);

public sealed record RegionRelease(string Version, int SoakMinutes, string Region);

public sealed record Health(int Requests, int FailedPerMille);

public sealed record RegionState(string Region, string Version, int Requests);

public sealed record Rollout(string Version, int Live, IReadOnlyList<string> Refused);

[EventContract("com.acme.release.rolled-out", Version = 1)]
public sealed record ReleaseRolledOut(string Version, int Live, int Refused);
