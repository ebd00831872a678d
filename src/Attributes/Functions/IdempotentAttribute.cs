namespace Portable;

/// <summary>
/// Says what identifies a call, so that a call that is repeated is recognised. A function with this attribute does its work once per key: a
/// duplicate of a message is dropped, a duplicate of a request is given the answer of the first. A step is handed the key as
/// <c>InvocationContext.IdempotencyKey</c> on every engine.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class IdempotentAttribute : Attribute
{
    /// <summary>For functions whose key is the <see cref="Header"/> or the <see cref="MessageId"/>.</summary>
    public IdempotentAttribute()
    {
    }

    /// <summary>Names the members of the payload, or parameters of the function, that are the key.</summary>
    /// <param name="key">
    /// A member that is a text, an integer or a <see cref="Guid"/>: <c>nameof(Quote.OrderId)</c>. For functions also a template,
    /// <c>"{OrderId}-{Line}"</c>, whose members may be further down, <c>"{Customer.Id}"</c>, or parameters of the route, query and headers.
    /// </param>
    public IdempotentAttribute(string key) => Key = key;

    /// <summary>The member or template; <see langword="null"/> when the key is something else.</summary>
    public string? Key { get; }

    /// <summary>The header of the request, or the attribute of the message, that is the key: <c>Idempotency-Key</c>. Functions only.</summary>
    public string? Header { get; set; }

    /// <summary>
    /// Whether the key is what the source calls the message. It is the same on every redelivery, but not when the sender sends twice. Functions
    /// only.
    /// </summary>
    public bool MessageId { get; set; }

    /// <summary>How long it is remembered that the work was done, with its result, in hours; 24 when not stated. Functions only.</summary>
    public int ExpiresAfterHours { get; set; } = 24;

    /// <summary>What happens when the store cannot be asked; the call fails when not stated. Functions only.</summary>
    public StoreFailure OnStoreFailure { get; set; } = StoreFailure.Fail;

    /// <summary>Whether another payload under the same key is an error, compared byte for byte, instead of a duplicate. Functions only.</summary>
    public bool ValidatePayload { get; set; }
}

/// <summary>What an idempotent function does when its store cannot be asked.</summary>
public enum StoreFailure
{
    /// <summary>It does not run: a request is answered with 503, a message is delivered again later. Nothing is done twice.</summary>
    Fail,

    /// <summary>It runs all the same: for work where doing it twice is better than not doing it.</summary>
    Run,
}
