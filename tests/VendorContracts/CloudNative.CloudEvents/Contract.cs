namespace CloudNative.CloudEvents;

public sealed class CloudEvent
{
    public string? Id { get; set; }

    public Uri? Source { get; set; }

    public string? Type { get; set; }

    public string? Subject { get; set; }

    public DateTimeOffset? Time { get; set; }

    public string? DataContentType { get; set; }

    public Uri? DataSchema { get; set; }

    public object? Data { get; set; }

    public object? this[string attributeName]
    {
        get => throw null!;
        set => throw null!;
    }

    public IEnumerable<KeyValuePair<CloudEventAttribute, object>> GetPopulatedAttributes() => throw null!;
}

public class CloudEventAttribute
{
    private CloudEventAttribute()
    {
    }

    public string Name => throw null!;

    public string Format(object value) => throw null!;
}
