namespace Portable;

/// <summary>
/// The failure of a step: an error code, a message and optional data, the same on every engine. Steps throw it to fail with a
/// code of their own; workflows catch it.
/// </summary>
public sealed class StepFailed : Exception
{
    /// <summary>The code of a call that took longer than its timeout.</summary>
    public const string TimeoutCode = "Timeout";

    /// <summary>The code of an inference whose endpoint answered with an error or not at all.</summary>
    public const string InferenceCode = "InferenceFailed";

    /// <summary>The code of a compensation that could not undo everything.</summary>
    public const string CompensationCode = "CompensationFailed";

    /// <summary>Fails with a code.</summary>
    /// <param name="code">
    /// A stable identifier such as <c>CardDeclined</c>: letters, digits and underscores, so that every engine can carry it.
    /// Retry filters and workflow code compare it ordinally.
    /// </param>
    /// <param name="message">What happened, for people to read.</param>
    /// <param name="data">Data for the workflow as JSON text, or <see langword="null"/>.</param>
    /// <param name="innerException">The cause; it does not travel beyond the process.</param>
    public StepFailed(string code, string? message = null, string? data = null, Exception? innerException = null)
        : base(message ?? code, innerException)
    {
        Code = code;
        FailureData = data;
    }

    /// <summary>
    /// The error code. A step that fails with any other exception has the simple name of that exception's type, such as
    /// <c>InvalidOperationException</c>.
    /// </summary>
    public string Code { get; }

    /// <summary>Data of the failure as JSON text, or <see langword="null"/>.</summary>
    public string? FailureData { get; }
}
