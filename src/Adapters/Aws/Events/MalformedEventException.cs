namespace Portable.Aws;

/// <summary>
/// An event that is not of the kind that the function's trigger receives. Lambda is told so as the error
/// <c>Portable.MalformedEvent</c>; the message never contains the event.
/// </summary>
public sealed class MalformedEventException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public MalformedEventException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
