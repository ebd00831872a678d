namespace Workflows.Media;

public sealed record Video(string Id, string Url, IReadOnlyList<string> Formats);

public sealed record Rendition(string Format, string Url, int Megabytes);

public sealed record Published(string VideoId, string Thumbnail, IReadOnlyList<Rendition> Renditions);

public sealed record Document(string Id, string Text);

public sealed record Classified(string Kind, int Confidence);

public sealed record Review(string Kind);

public sealed record Filed(string DocumentId, string Kind, string By);
