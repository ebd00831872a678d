namespace Portable.Gcp;

/// <summary>
/// The event was not handled; thrown to the vendor's framework, which answers 500, so that the platform delivers it again or moves it to
/// the dead letter topic. The reason has been logged.
/// </summary>
public sealed class EventFailedException : Exception
{
    internal EventFailedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
