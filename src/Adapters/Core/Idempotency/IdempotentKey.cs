using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Portable.Runtime.Idempotency;

/// <summary>Makes the key of a message; emitted code has one for each function.</summary>
public delegate IdempotentKey MessageKey<in TMessage>(ReceivedMessage received, TMessage message);

/// <summary>
/// What identifies a call: the values that <see cref="IdempotentAttribute"/> names. A value that is missing or blank makes the key
/// <see cref="IsMissing"/>, which is an error and never a key.
/// </summary>
public readonly struct IdempotentKey
{
    private readonly string _template;
    private readonly string?[] _values;

    private IdempotentKey(string template, string?[] values)
    {
        _template = template;
        _values = values;
    }

    /// <summary>Whether a value is missing or blank.</summary>
    public bool IsMissing => _values is null || Array.Exists(_values, string.IsNullOrWhiteSpace);

    /// <summary>The key of these values.</summary>
    /// <param name="template">What the attribute says, such as <c>{OrderId}-{Line}</c>. It is part of the key: another template is another key.</param>
    /// <param name="values">The values, in the template's order.</param>
    public static IdempotentKey Of(string template, params string?[] values) => new(template, values);

    /// <summary>The key of a message as its source identifies it; an event's identifier holds within its source only, so both count.</summary>
    public static IdempotentKey OfMessage(ReceivedMessage received) => received.Detail is EventDescription description
        ? new("#event", [received.Id, description.Source])
        : new("#message", [received.Id]);

    /// <summary>The key of a message by one of its attributes.</summary>
    public static IdempotentKey OfAttribute(string name, ReceivedMessage received) =>
        new("#header " + name.ToLowerInvariant(), [received.Attributes is { } attributes && attributes.TryGetValue(name, out var value) ? value : null]);

    /// <summary>The key of a request by one of its headers.</summary>
    public static IdempotentKey OfHeader(string name, HttpCall call) => new("#header " + name.ToLowerInvariant(), [call.Request.Header(name)]);

    /// <summary>A text as it is.</summary>
    public static string? Text(string? value) => value;

    /// <summary>A number by its digits.</summary>
    public static string? Text(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number by its digits.</summary>
    public static string? Text(ulong? value) => value?.ToString(CultureInfo.InvariantCulture);

    /// <summary>32 digits with hyphens.</summary>
    public static string? Text(Guid? value) => value?.ToString("D");

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static string? Text(bool? value) => value is { } flag ? flag ? "true" : "false" : null;

    /// <summary>A moment in UTC: two offsets of the same moment are one key.</summary>
    public static string? Text(DateTimeOffset? value) => value?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>A day.</summary>
    public static string? Text(DateOnly? value) => value?.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>What has a value of neither kind above.</summary>
    /// <returns>What the attribute names, for people: <c>{OrderId}</c>, the header, the message's identifier.</returns>
    public override string ToString() => _template switch
    {
        null => "",
        ['#', 'h', 'e', 'a', 'd', 'e', 'r', ' ', .. var header] => header,
        ['#', ..] => "the message's id",
        _ => _template,
    };

    /// <summary>
    /// The key as stores have it. Every part is hashed with its length before it, so that neither two functions nor two
    /// combinations of values share one: <c>a-b</c> and <c>c</c> are not <c>a</c> and <c>b-c</c>.
    /// </summary>
    internal string For(IdempotencyPolicy policy)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, policy.Application);
        Add(hash, policy.Function);
        Add(hash, _template);
        foreach (var value in _values)
        {
            Add(hash, value!);
        }

        Span<byte> result = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(result);
        return $"{policy.Function}.{Hex(result)}";
    }

    /// <summary>The hash by which payloads are compared.</summary>
    internal static string HashOf(ReadOnlyMemory<byte> payload)
    {
        Span<byte> result = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(payload.Span, result);
        return Hex(result);
    }

    // UTF-16 as it is: in UTF-8, texts that are not valid would all become the same replacement character.
    private static void Add(IncrementalHash hash, string part)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(MemoryMarshal.AsBytes(part.AsSpan()));
    }

#if NET9_0_OR_GREATER
    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
#else
    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
#endif
}
