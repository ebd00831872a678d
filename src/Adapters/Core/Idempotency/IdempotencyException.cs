namespace Portable.Runtime.Idempotency;

/// <summary>Why a message was not handled now: another delivery is being handled, or the store is out. It is delivered again.</summary>
public sealed class IdempotencyException(string message) : Exception(message);
