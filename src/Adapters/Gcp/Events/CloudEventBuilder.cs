namespace Portable.Gcp;

/// <summary>Collects the attributes of an event, whichever way they came, and refuses what CloudEvents 1.0 does not allow.</summary>
internal struct CloudEventBuilder()
{
    // The specification sets no limits; these are far above what any source sends, and keep a hostile one from filling the memory.
    private const int LongestValue = 64 * 1024;
    private const int LongestName = 256;
    private const int MostExtensions = 256;

    private Dictionary<string, string>? _extensions;
    private string? _id;
    private string? _source;
    private string? _type;
    private string? _specVersion;
    private string? _subject;
    private string? _time;
    private string? _dataContentType;
    private string? _dataSchema;

    /// <summary>The media type of the data, as far as it has been set.</summary>
    public readonly string? DataContentType => _dataContentType;

    /// <summary>Sets an attribute; one without a value is as if it were absent.</summary>
    /// <exception cref="CloudEventException">The attribute is set already, or neither name nor value may be so.</exception>
    public void Set(string name, string? value)
    {
        if (value is null)
        {
            return;
        }

        if (value.Length > LongestValue || !IsText(value))
        {
            throw new CloudEventException($"The attribute '{Shown(name)}' has control characters or is longer than {LongestValue} characters.");
        }

        switch (name)
        {
            case "id": Once(name, ref _id, value); break;
            case "source": Once(name, ref _source, value); break;
            case "type": Once(name, ref _type, value); break;
            case "specversion": Once(name, ref _specVersion, value); break;
            case "subject": Once(name, ref _subject, value); break;
            case "time": Once(name, ref _time, value); break;
            case "datacontenttype": Once(name, ref _dataContentType, value); break;
            case "dataschema": Once(name, ref _dataSchema, value); break;
            default: Extend(name, value); break;
        }
    }

    /// <summary>The event.</summary>
    /// <exception cref="CloudEventException">A required attribute is missing, or one has no valid value.</exception>
    public readonly CloudEventEnvelope Build(ReadOnlyMemory<byte> data) => new()
    {
        SpecVersion = Required("specversion", _specVersion) is "1.0"
            ? "1.0"
            : throw new CloudEventException($"The event follows version {Shown(_specVersion!)} of CloudEvents; 1.0 is accepted."),
        Id = Required("id", _id),
        Source = Uri.TryCreate(Required("source", _source), UriKind.RelativeOrAbsolute, out _) ? _source! : throw new CloudEventException("The attribute 'source' is not a URI reference."),
        Type = Required("type", _type),
        Subject = _subject,
        Time = _time is null ? null : Rfc3339.Parse(_time) ?? throw new CloudEventException("The attribute 'time' is not a time."),
        DataContentType = _dataContentType,
        DataSchema = _dataSchema,
        Extensions = _extensions ?? CloudEventEnvelope.NoExtensions,
        Data = data,
    };

    private static string Required(string name, string? value) =>
        string.IsNullOrEmpty(value) ? throw new CloudEventException($"The event has no attribute '{name}'.") : value;

    private static void Once(string name, ref string? field, string value) =>
        field = field is null ? value : throw new CloudEventException($"The attribute '{name}' appears more than once.");

    private void Extend(string name, string value)
    {
        if (!IsAttributeName(name))
        {
            throw new CloudEventException($"'{Shown(name)}' is not the name of an attribute: lower-case letters and digits.");
        }

        _extensions ??= new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (_extensions.Count == MostExtensions)
        {
            throw new CloudEventException($"The event has more than {MostExtensions} attributes.");
        }

        if (!_extensions.TryAdd(name, value))
        {
            throw new CloudEventException($"The attribute '{name}' appears more than once.");
        }
    }

    private static bool IsAttributeName(string name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c))
            {
                return false;
            }
        }

        return name.Length is > 0 and <= LongestName;
    }

    // Type system of CloudEvents 1.0: a string has no control characters and no half of a surrogate pair.
    internal static bool IsText(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsControl(value[i]))
            {
                return false;
            }

            if (char.IsSurrogate(value[i]))
            {
                if (i + 1 == value.Length || !char.IsSurrogatePair(value[i], value[i + 1]))
                {
                    return false;
                }

                i++;
            }
        }

        return true;
    }

    // What a stranger chose is repeated in the answer only as far as it is short and harmless.
    private static string Shown(string text) => text.Length <= 64 && IsText(text) ? text : "(unprintable)";
}
