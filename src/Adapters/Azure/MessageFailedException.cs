namespace Portable.Azure;

/// <summary>
/// The message was not handled; the Functions host delivers it again and moves it to the queue <c>NAME-poison</c> after its last delivery.
/// The reason has been logged.
/// </summary>
public sealed class MessageFailedException : Exception
{
    internal MessageFailedException(string message)
        : base(message)
    {
    }
}
