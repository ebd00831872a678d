namespace Portable;

/// <summary>
/// Says what identifies a call, so that a call that is repeated is recognised: a member of the payload. It travels to the step as
/// <c>InvocationContext.IdempotencyKey</c> on every engine.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class IdempotentAttribute : Attribute
{
    /// <summary>Names the member.</summary>
    /// <param name="member">A property of the payload that is a text, an integer or a <see cref="Guid"/>: <c>nameof(Quote.OrderId)</c>.</param>
    public IdempotentAttribute(string member) => Member = member;

    /// <summary>The member's name.</summary>
    public string Member { get; }
}
