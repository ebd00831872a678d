namespace Workflows.Media;

public sealed record Video(string Id, string Url, IReadOnlyList<string> Formats);

public sealed record Rendition(string Format, string Url, int Megabytes);

public sealed record Published(string VideoId, string Thumbnail, IReadOnlyList<Rendition> Renditions);

public sealed record Document(string Id, string Url);

public sealed record Scan(string DocumentId, string Text);

public sealed record Classified(string Kind, int Confidence);

public sealed record ReviewRequest(string DocumentId, string Text, string Suggestion);

public sealed record Review(string Kind, string By);

public sealed record Filing(string DocumentId, string Kind);

public sealed record Filed(string DocumentId, string Kind, string By);
