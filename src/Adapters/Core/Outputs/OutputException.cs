namespace Portable;

/// <summary>A message, event or object could not be delivered: the cloud refused it or could not be reached. Trying again may help.</summary>
public class OutputException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>A message or event is larger than the cloud takes. Nothing was sent; trying again does not help. Put the content in a bucket and send its name.</summary>
public sealed class PayloadTooLargeException(string message) : OutputException(message);
