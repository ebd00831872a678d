namespace Portable.Aws.RuntimeApi;

/// <summary>The Runtime API answered with what its documentation does not allow, or cannot be reached.</summary>
internal sealed class RuntimeApiException(string message, Exception? innerException = null) : Exception(message, innerException);
